// Bars over the hours of a day, with marks above them where there are any. The whole of it is read out too.
import QtQuick
import Onecard

Panel {
    id: panel

    property var plot: ({})

    readonly property var bars: plot.bars ?? []
    readonly property var marks: plot.marks ?? []
    readonly property var labels: plot.labels ?? []
    readonly property real step: bars.length ? field.width / bars.length : field.width

    radius: Tokens.radius / 2
    border.width: Tokens.highContrast ? Tokens.border : 0
    border.color: Tokens.line
    Accessible.role: Accessible.Chart
    Accessible.name: (plot.title ?? "") + ". " + (plot.said ?? "")

    Word {
        id: title
        x: Tokens.gap / 2
        y: Tokens.gap / 3
        width: panel.width * 0.5 - x
        text: panel.plot.title ?? ""
        color: Tokens.ink
        font.bold: true
    }
    Word {
        anchors { right: parent.right; rightMargin: Tokens.gap / 2; baseline: title.baseline }
        width: panel.width * 0.5 - Tokens.gap / 2
        text: panel.plot.total ?? ""
        color: Tokens.tone(panel.plot.tone ?? "neutral")
        font.bold: true
        horizontalAlignment: Text.AlignRight
    }
    Word {
        id: most
        x: Tokens.gap / 2
        y: title.y + title.height
        width: panel.width - Tokens.gap
        text: panel.plot.most + ((panel.plot.legend ?? "") === "" ? "" : "    " + panel.plot.legend)
        color: Tokens.inkSoft
        font.pixelSize: Tokens.dense * 0.62
    }
    Rectangle {
        x: field.x
        y: field.y
        width: field.width
        height: Math.max(1, Tokens.border / 3)
        color: Tokens.line
    }
    Item {
        id: field
        x: Tokens.gap / 2
        y: most.y + most.height + Tokens.gap / 6
        width: panel.width - Tokens.gap
        height: axis.y - y
        Repeater {
            model: panel.bars
            Item {
                required property real modelData
                required property int index
                x: index * panel.step
                width: panel.step
                height: field.height
                Rectangle {
                    objectName: "bar"
                    x: panel.step * 0.12
                    width: panel.step * 0.76
                    height: field.height * modelData
                    y: field.height - height
                    radius: Math.min(width, height) * 0.15
                    color: Tokens.tone(panel.plot.tone ?? "neutral")
                }
                Rectangle {
                    visible: (panel.marks[index] ?? -1) >= 0
                    x: panel.step * 0.04
                    width: panel.step * 0.92
                    height: Tokens.border
                    y: field.height * (1 - (panel.marks[index] ?? 0))
                    color: Tokens.ink
                }
            }
        }
    }
    Rectangle {
        id: axis
        x: field.x
        y: panel.height - hours.height - Tokens.gap / 3
        width: field.width
        height: Math.max(1, Tokens.border / 2)
        color: Tokens.inkSoft
    }
    Item {
        id: hours
        x: field.x
        y: axis.y + axis.height
        width: field.width
        height: Tokens.dense * 0.85
        Repeater {
            model: panel.labels
            Word {
                required property string modelData
                required property int index
                x: Math.max(0, Math.min(field.width - implicitWidth, (index + 0.5) * panel.step - implicitWidth / 2))
                width: implicitWidth
                text: modelData
                color: Tokens.inkSoft
                font.pixelSize: Tokens.dense * 0.62
            }
        }
    }

    component Word: Text {
        font.family: Tokens.family
        font.pixelSize: Tokens.dense * 0.78
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Tokens.dense * 0.45
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
