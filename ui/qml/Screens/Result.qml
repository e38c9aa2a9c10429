// How it ended: colour, icon, word and sound together; the date or the amount is the largest thing.
import QtQuick
import Onecard

Rectangle {
    id: result

    property var view: ({})
    property var kiosk

    readonly property color tone: Tokens.tone(view.tone ?? "")
    readonly property bool beside: !Tokens.tall
    readonly property bool receipt: (view.receipt ?? "") !== ""
    readonly property bool aside: receipt || list.count > 1 && (!Tokens.small || (view.largest ?? "") === "")

    radius: Tokens.radius
    color: tone
    border.width: Tokens.highContrast ? Tokens.border : 0
    border.color: Tokens.pale

    Item {
        id: said
        x: Tokens.gap
        y: Tokens.gap
        width: result.beside && result.aside ? result.width * 0.58 - Tokens.gap : result.width - 2 * Tokens.gap
        height: result.beside || !result.aside ? result.height - 2 * Tokens.gap : result.height * 0.55

        Icon {
            id: sign
            y: result.aside ? 0 : Math.max(0, (said.height - height - words.height - Tokens.gap) / 2)
            name: result.view.picture ?? ""
            colour: Tokens.pale
            size: Math.min(Tokens.picture, said.height * (Tokens.small ? 0.15 : 0.22))
            anchors.horizontalCenter: parent.horizontalCenter
            scale: 0.6
            NumberAnimation on scale { to: 1; duration: Tokens.calm; easing.type: Easing.OutBack }
        }
        Column {
            id: words
            anchors { top: sign.bottom; left: parent.left; right: parent.right; topMargin: Tokens.gap / 2 }
            spacing: Tokens.gap / 2
            Sentence {
                width: parent.width
                room: said.height * 0.19
                text: result.view.title ?? ""
                size: Tokens.headline
                font.bold: true
                color: Tokens.pale
                horizontalAlignment: Text.AlignHCenter
            }
            Sentence {
                width: parent.width
                visible: text !== ""
                room: said.height * (result.aside ? 0.26 : 0.34)
                text: result.view.largest ?? ""
                size: Tokens.largest * (result.aside || Tokens.small ? 1 : 1.5)
                least: 0.4
                font.bold: true
                color: Tokens.pale
                horizontalAlignment: Text.AlignHCenter
                maximumLineCount: 2
            }
            Sentence {
                width: parent.width
                visible: text !== ""
                room: said.height * 0.22
                text: result.view.detail ?? ""
                color: Tokens.pale
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    Panel {
        id: asidePanel
        visible: result.aside
        x: result.beside ? said.x + said.width + Tokens.gap : Tokens.gap
        y: result.beside ? Tokens.gap : said.y + said.height
        width: result.width - x - Tokens.gap
        height: result.height - y - Tokens.gap

        RowList {
            id: list
            readonly property real share: result.receipt ? (Tokens.small ? 0 : result.beside ? 0.46 : 1) : 1
            x: Tokens.gap
            y: Tokens.gap
            width: (result.beside || !result.receipt ? parent.width : parent.width - qr.width - Tokens.gap) - 2 * Tokens.gap
            height: parent.height * share - (result.beside && result.receipt ? Tokens.gap : 2 * Tokens.gap)
            visible: height > Tokens.target
            rows: result.view.rows ?? []
        }
        Column {
            id: qr
            visible: result.receipt
            readonly property real room: result.beside
                ? parent.height * (1 - list.share) - 2 * Tokens.gap : parent.height - 2 * Tokens.gap
            width: Math.min(result.beside ? parent.width - 2 * Tokens.gap : parent.width * 0.45, room)
            x: result.beside ? (parent.width - width) / 2 : parent.width - width - Tokens.gap
            y: result.beside ? parent.height - height - Tokens.gap / 2 : (parent.height - height) / 2
            spacing: Tokens.gap / 4
            Image {
                readonly property real side: Math.max(0, Math.min(parent.width, parent.room - caption.height - Tokens.gap / 4))
                width: side
                height: side
                anchors.horizontalCenter: parent.horizontalCenter
                source: result.receipt ? "image://qr/" + encodeURIComponent(result.view.receipt) : ""
                smooth: false
                fillMode: Image.PreserveAspectFit
                Accessible.role: Accessible.Graphic
                Accessible.name: caption.text
            }
            Sentence {
                id: caption
                width: parent.width
                room: Tokens.label * 1.2
                text: qsTrId("ui.receipt")
                size: Tokens.label * 0.85
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
