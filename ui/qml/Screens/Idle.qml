// Nobody is here: a card to the reader and a phone before the window, both equally good.
import QtQuick
import Onecard

Item {
    id: idle

    property var view: ({})
    property var kiosk

    readonly property var starts: view.options ?? []
    // Beside the two pictures where there is little height, else below them.
    readonly property bool inRow: Tokens.compact && starts.length > 0

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
        readonly property real room: doors.y - y - (doors.visible ? Tokens.apart : 0)
        y: detail.y + (detail.visible ? detail.height : 0) + Tokens.gap * (Tokens.tall ? 2 : 1)
        anchors.horizontalCenter: parent.horizontalCenter
        readonly property int count: (idle.kiosk?.frame?.phone_ready === false ? 1 : 2) + (idle.inRow ? idle.starts.length : 0)
        columns: Tokens.tall ? 1 : idle.width / count < Tokens.target * 2 ? 2 : count
        readonly property int rows_: Math.ceil(count / columns)
        spacing: Tokens.tall ? Tokens.gap * 1.5 : Tokens.apart
        readonly property real itemWidth: Tokens.tall ? idle.width : (idle.width - (columns - 1) * spacing) / columns
        readonly property real itemHeight: (room - (rows_ - 1) * spacing) / rows_

        Hint {
            width: hints.itemWidth
            height: hints.itemHeight
            thing: "card"
            label: qsTrId("ui.card_here")
        }
        Hint {
            width: hints.itemWidth
            height: hints.itemHeight
            // A blind camera invites no phone.
            visible: idle.kiosk?.frame?.phone_ready !== false
            thing: "phone"
            label: qsTrId("ui.phone_here")
            late: true
        }
        Repeater {
            model: idle.inRow ? idle.starts : []
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
        id: doors
        anchors { bottom: parent.bottom; horizontalCenter: parent.horizontalCenter }
        visible: !Tokens.compact && idle.starts.length > 0
        height: visible ? Tokens.target * 1.25 : 0
        spacing: Tokens.apart
        Repeater {
            model: Tokens.compact ? [] : idle.starts
            BigButton {
                required property var modelData
                height: doors.height
                width: Math.min((idle.width - (idle.starts.length - 1) * doors.spacing) / idle.starts.length,
                                Math.max(implicitWidth, Tokens.picture * 2))
                objectName: modelData.id
                picture: modelData.picture
                text: modelData.label
                onClicked: idle.kiosk.choose(modelData.id)
            }
        }
    }

    component Hint: Panel {
        id: hint

        property string thing
        property string label
        property bool late: false
        property real near: 0
        readonly property bool wide: width > height * 2.2

        Accessible.role: Accessible.Graphic
        Accessible.name: label

        Presenting {
            id: drawing
            thing: hint.thing
            near: hint.near
            x: hint.wide ? Tokens.margin : Tokens.gap
            y: Tokens.gap
            width: hint.wide ? hint.width * 0.44 : hint.width - 2 * Tokens.gap
            height: hint.wide ? hint.height - 2 * Tokens.gap : words.y - y - Tokens.gap / 2
        }
        Sentence {
            id: words
            x: hint.wide ? drawing.x + drawing.width : Tokens.gap / 2
            y: hint.wide ? (hint.height - height) / 2 : hint.height - height - Tokens.gap / (Tokens.compact ? 2 : 1)
            width: hint.width - x - Tokens.gap / 2
            room: Math.min(size * 2.6, hint.height * (hint.wide ? 0.9 : 0.4))
            text: hint.label
            size: Tokens.compact ? Tokens.body : Math.max(Tokens.body, Tokens.headline * 0.75)
            least: 0.5
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
        SequentialAnimation on near {
            running: hint.visible && !Tokens.reducedMotion && Qt.application.state === Qt.ApplicationActive
            loops: Animation.Infinite
            // Card and phone move in turn, with long rests: a counter waits all day.
            PauseAnimation { duration: hint.late ? Tokens.hint * 3 : Tokens.hint / 2 }
            NumberAnimation { to: 1; duration: Tokens.calm; easing.type: Easing.InOutQuad }
            PauseAnimation { duration: Tokens.hint }
            NumberAnimation { to: 0; duration: Tokens.calm; easing.type: Easing.InOutQuad }
            PauseAnimation { duration: hint.late ? Tokens.hint * 1.5 : Tokens.hint * 4 }
        }
    }
}
