// Nobody is here: a card on the reader and a phone before the window, both equally good.
import QtQuick
import Onecard

Item {
    id: idle

    property var view: ({})
    property var kiosk

    readonly property var starts: view.options ?? []

    Sentence {
        id: title
        anchors { top: parent.top; left: parent.left; right: parent.right }
        room: Tokens.compact ? Tokens.headline * 1.3 : Tokens.headline * 2.6
        text: idle.view.title ?? ""
        size: Tokens.headline
        font.bold: true
        color: Tokens.pale
        horizontalAlignment: Text.AlignHCenter
    }
    Sentence {
        id: detail
        anchors { top: title.bottom; left: parent.left; right: parent.right; topMargin: Tokens.gap / 3 }
        room: Tokens.body * 2.6
        visible: !Tokens.compact
        text: idle.view.detail ?? ""
        color: Tokens.paleSoft
        horizontalAlignment: Text.AlignHCenter
    }

    Grid {
        id: hints
        readonly property real room: bottom.y - y - Tokens.gap
        y: detail.y + (detail.visible ? detail.height : 0) + Tokens.gap
        anchors.horizontalCenter: parent.horizontalCenter
        readonly property int count: 2 + (Tokens.compact ? idle.starts.length : 0)
        columns: Tokens.tall ? 1 : idle.width / count < Tokens.target * 2 ? 2 : count
        readonly property int rows_: Math.ceil(count / columns)
        spacing: Tokens.gap / (rows_ > 1 && !Tokens.tall ? 2 : 1)
        readonly property real itemWidth: Tokens.tall ? idle.width * 0.9 : (idle.width - (columns - 1) * spacing) / columns
        readonly property real itemHeight: (room - (rows_ - 1) * spacing) / rows_

        Hint {
            width: hints.itemWidth
            height: hints.itemHeight
            thing: "card"
            place: "reader"
            label: qsTrId("ui.card_here")
        }
        Hint {
            width: hints.itemWidth
            height: hints.itemHeight
            thing: "phone"
            place: "window"
            label: qsTrId("ui.phone_here")
            late: true
        }
        Repeater {
            model: Tokens.compact ? idle.starts : []
            OptionCard {
                required property var modelData
                width: hints.itemWidth
                height: hints.itemHeight
                objectName: modelData.id
                picture: modelData.picture
                text: modelData.label
                onClicked: idle.kiosk.choose(modelData.id)
            }
        }
    }

    Row {
        id: bottom
        anchors { bottom: parent.bottom; horizontalCenter: parent.horizontalCenter }
        visible: !Tokens.compact
        height: idle.starts.length && visible ? Tokens.target * 1.4 : 0
        spacing: Tokens.gap
        Repeater {
            model: Tokens.compact ? [] : idle.starts
            BigButton {
                required property var modelData
                height: bottom.height
                width: Math.min(idle.width / idle.starts.length - Tokens.gap, Math.max(implicitWidth, Tokens.picture * 2))
                objectName: modelData.id
                picture: modelData.picture
                text: modelData.label
                ground: Tokens.accent
                onClicked: idle.kiosk.choose(modelData.id)
            }
        }
    }

    component Hint: Panel {
        id: hint

        property string thing
        property string place
        property string label
        property bool late: false
        property real near: 0

        Accessible.role: Accessible.Graphic
        Accessible.name: label

        Item {
            id: drawing
            anchors { top: parent.top; bottom: words.top; left: parent.left; right: parent.right; margins: Tokens.gap }
            readonly property real size: Math.min(width * 0.42, height * 0.62)
            Icon {
                name: hint.place
                size: drawing.size
                colour: Tokens.inkSoft
                x: (drawing.width - width) / 2
                y: drawing.height - height
            }
            Icon {
                name: hint.thing
                size: drawing.size * 0.72
                colour: Tokens.accent
                x: (drawing.width - width) / 2
                y: Math.max(0, drawing.height - drawing.size * 1.72) + hint.near * drawing.size * 0.28
            }
        }
        Sentence {
            id: words
            anchors { bottom: parent.bottom; left: parent.left; right: parent.right; margins: Tokens.gap / 2 }
            room: Math.min(Tokens.body * 2.6, hint.height * 0.4)
            text: hint.label
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
        SequentialAnimation on near {
            running: hint.visible && !Tokens.reducedMotion && Qt.application.state === Qt.ApplicationActive
            loops: Animation.Infinite
            // Card and phone move in turn, with long rests: a counter waits all day.
            PauseAnimation { duration: hint.late ? Tokens.hint * 3 : 0 }
            NumberAnimation { to: 1; duration: Tokens.calm * 2; easing.type: Easing.InOutQuad }
            PauseAnimation { duration: Tokens.hint }
            NumberAnimation { to: 0; duration: Tokens.calm * 2; easing.type: Easing.InOutQuad }
            PauseAnimation { duration: hint.late ? Tokens.hint * 2 : Tokens.hint * 5 }
        }
    }
}
