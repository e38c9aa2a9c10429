// A strip of figures: each its name in small and its value in large letters.
import QtQuick
import Onecard

Row {
    id: strip

    property var figures: []
    property real progress: -1

    readonly property real cell: figures.length ? (width - (figures.length - 1) * spacing) / figures.length : width
    spacing: Tokens.gap / 3

    Repeater {
        model: strip.figures
        Panel {
            required property var modelData
            required property int index
            width: strip.cell
            height: name.height + value.height + Tokens.gap * 0.7
            radius: Tokens.radius / 2
            border.color: Tokens.line
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData.label + ": " + modelData.value
            Text {
                textFormat: Text.PlainText
                id: name
                x: Tokens.gap / 3
                y: Tokens.gap / 3
                width: parent.width - 2 * x
                text: modelData.label
                color: Tokens.inkSoft
                font.family: Tokens.family
                font.pixelSize: Tokens.dense * 0.66
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.dense * 0.45
                Accessible.ignored: true
            }
            Text {
                textFormat: Text.PlainText
                id: value
                x: Tokens.gap / 3
                y: name.y + name.height
                width: parent.width - 2 * x
                text: modelData.value
                color: Tokens.tone(modelData.tone)
                font.family: Tokens.family
                font.pixelSize: Tokens.dense
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.dense * 0.5
                Accessible.ignored: true
            }
            Rectangle {
                visible: strip.progress >= 0 && index === strip.figures.length - 1
                anchors { left: parent.left; bottom: parent.bottom; margins: Tokens.gap / 6 }
                width: (parent.width - Tokens.gap / 3) * Math.max(0, strip.progress)
                height: Tokens.border * 1.5
                radius: height / 2
                color: Tokens.confirmed
                Behavior on width { NumberAnimation { duration: Tokens.calm } }
            }
        }
    }
}
