// Books one after the other; the list grows, the newest is in view.
import QtQuick
import Onecard

Item {
    id: basket

    property var view: ({})
    property var kiosk

    readonly property var rows: view.rows ?? []

    Sentence {
        id: title
        anchors { top: parent.top; left: parent.left; right: parent.right }
        room: Tokens.compact ? Tokens.headline * 1.3 : Tokens.headline * 2.6
        text: basket.view.title ?? ""
        size: Tokens.headline
        font.bold: true
        color: Tokens.pale
        horizontalAlignment: Text.AlignHCenter
    }

    Panel {
        anchors { top: title.bottom; bottom: parent.bottom; left: parent.left; right: parent.right; topMargin: Tokens.gap / 2 }

        Item {
            id: hint
            readonly property bool beside: !Tokens.tall && parent.width > Tokens.picture * 4
            x: Tokens.gap
            y: Tokens.gap
            width: beside ? parent.width * (Tokens.compact ? 0.22 : 0.3) : parent.width - 2 * Tokens.gap
            height: beside ? parent.height - 2 * Tokens.gap : Tokens.picture * 0.8
            Rectangle {
                id: scan
                width: Math.min(hint.beside ? Tokens.picture : Tokens.picture * 0.7, hint.height * (Tokens.compact ? 0.42 : 0.5),
                                hint.beside && !Tokens.compact ? Math.max(0, hint.height - told.height - Tokens.gap) : hint.height)
                height: width
                radius: width / 2
                color: Tokens.surfaceSoft
                border.width: Tokens.highContrast ? Tokens.border : 0
                border.color: Tokens.ink
                Icon { anchors.centerIn: parent; name: "scan"; colour: Tokens.accent; size: parent.width * 0.56 }
                x: hint.beside ? (hint.width - width) / 2 : 0
                y: !hint.beside ? (hint.height - height) / 2
                    : Tokens.compact ? 0 : Math.max(0, Math.min(hint.height * 0.12, hint.height - height - told.height - Tokens.gap))
            }
            Column {
                id: told
                x: hint.beside ? 0 : scan.width + Tokens.gap
                y: hint.beside ? scan.y + scan.height + Tokens.gap / (Tokens.compact ? 2 : 1) : (hint.height - height) / 2
                width: hint.width - x
                spacing: Tokens.gap / 3
                Sentence {
                    width: parent.width
                    visible: !Tokens.compact
                    room: Tokens.body * 2.6
                    text: qsTrId("ui.scan_here")
                    font.bold: true
                    horizontalAlignment: hint.beside ? Text.AlignHCenter : Text.AlignLeft
                }
                Sentence {
                    width: parent.width
                    room: Tokens.label * 2.6
                    visible: text !== ""
                    text: basket.view.detail ?? ""
                    size: Tokens.label
                    color: Tokens.inkSoft
                    horizontalAlignment: hint.beside ? Text.AlignHCenter : Text.AlignLeft
                }
            }
        }

        Sentence {
            visible: basket.rows.length === 0
            anchors.fill: list
            text: qsTrId("ui.nothing_yet")
            color: Tokens.inkSoft
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        RowList {
            id: list
            x: hint.beside ? hint.x + hint.width + Tokens.gap : Tokens.gap
            y: hint.beside ? Tokens.gap : hint.y + hint.height + Tokens.gap
            width: parent.width - x - Tokens.gap
            height: finish.y - y - Tokens.apart
            rows: basket.rows
            follows: true
        }
        BigButton {
            id: finish
            objectName: "finish"
            anchors { right: parent.right; bottom: parent.bottom; margins: Tokens.gap }
            width: list.width
            visible: basket.view.can_finish === true
            onWhite: true
            picture: "tick"
            text: qsTrId("ui.finish")
            onClicked: basket.kiosk.done()
        }
    }
}
