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
    // A vehicle's small panel, read in passing from two metres: the sign beside the word, the amount as
    // large as there is room.
    readonly property bool glance: Tokens.small && !aside

    radius: Tokens.radius
    color: tone
    border.width: Tokens.highContrast ? Tokens.border : 0
    border.color: Tokens.pale

    Item {
        id: said
        x: Tokens.margin
        y: result.glance ? Tokens.gap / 2 : Tokens.gap * 1.5
        width: result.beside && result.aside ? result.width * 0.6 - x : result.width - 2 * x
        height: (result.beside || !result.aside ? result.height : result.height * 0.52) - 2 * y

        readonly property real content: sign.width + words.height + words.spacing

        ResultSign {
            id: sign
            y: Math.max(0, (said.height - (result.glance ? words.height : said.content)) / 2)
            x: result.glance ? 0 : (said.width - width) / 2
            name: result.view.picture ?? ""
            colour: result.tone
            width: result.glance ? Math.min(Tokens.headline * 1.7, said.height * 0.28)
                : Math.min(Tokens.picture, said.height * (Tokens.small ? 0.18 : 0.2))
        }
        Column {
            id: words
            anchors { left: parent.left; right: parent.right }
            y: result.glance ? Math.max(0, (said.height - height) / 2) : sign.y + sign.height + spacing
            spacing: result.glance ? 0 : Tokens.gap / (Tokens.compact ? 2 : 1)
            Beside {}
            Sentence {
                id: title
                x: result.glance ? sign.width + Tokens.gap : 0
                width: parent.width - x
                room: said.height * (result.glance ? 0.26 : 0.18)
                text: result.view.title ?? ""
                size: Tokens.headline * (result.glance ? 1.2 : 1)
                least: 0.5
                font.bold: true
                color: Tokens.pale
                horizontalAlignment: result.glance ? Text.AlignLeft : Text.AlignHCenter
            }
            Beside {}
            Sentence {
                width: parent.width
                visible: text !== ""
                room: said.height * (result.glance ? 0.48 : result.aside ? 0.28 : 0.34)
                text: result.view.largest ?? ""
                size: Tokens.largest * (result.glance ? 2.6 : result.aside || Tokens.small ? 1 : 1.5)
                least: 0.2
                lineHeight: result.glance ? 1 : 1.15
                font.bold: true
                color: Tokens.pale
                horizontalAlignment: Text.AlignHCenter
                maximumLineCount: result.glance ? 1 : 2
            }
            Sentence {
                width: parent.width
                visible: text !== ""
                room: said.height * ((result.view.largest ?? "") !== "" ? 0.22 : result.glance ? 0.6 : 0.45)
                text: result.view.detail ?? ""
                size: result.glance ? Tokens.body * 1.25 : Tokens.body
                color: Tokens.pale
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    // Above and below a word that is lower than the sign beside it: what comes next begins under both.
    component Beside: Item {
        visible: result.glance
        width: 1
        height: Math.max(0, sign.height - title.height) / 2
    }

    Panel {
        id: asidePanel
        visible: result.aside
        raised: false
        x: result.beside ? said.x + said.width + Tokens.gap : Tokens.gap
        y: result.beside ? Tokens.gap : said.y + said.height + Tokens.gap
        width: result.width - x - Tokens.gap
        height: Math.min(result.height - y - Tokens.gap,
                         result.receipt || !result.beside ? result.height : list.wanted + 3 * Tokens.gap)

        RowList {
            id: list
            // Where there is little room the code gets it, unless a line says what was refused.
            readonly property bool refused: rows.some(row => row.tone === "refused")
            readonly property real share: result.receipt ? (Tokens.small || Tokens.compact && !refused ? 0 : result.beside ? 0.46 : 1) : 1
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
            width: Math.min(result.beside ? parent.width - 2 * Tokens.gap : parent.width * 0.45, Math.max(room, Tokens.quiet * 14))
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
                room: size * 2.4
                text: qsTrId("ui.receipt")
                size: Tokens.quiet
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
