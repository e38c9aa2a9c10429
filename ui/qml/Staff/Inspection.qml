// An inspector's page: the newest passenger's verdict in colour, sign and word, and those before in a list.
import QtQuick
import Onecard

FocusScope {
    id: inspection

    property var page: ({})
    property var staff

    readonly property bool told: (page.detail ?? "") !== ""
    readonly property color tone: Tokens.tone(page.tone)

    focus: true

    Panel {
        id: verdict
        objectName: "verdict"
        width: parent.width
        height: Math.min(parent.height, Math.max(parent.height * (Tokens.small || !inspection.told ? 1 : 0.56), Tokens.target * 3))
        border.width: Tokens.focusBorder
        border.color: inspection.told ? inspection.tone : Tokens.line
        Accessible.role: Accessible.AlertMessage
        Accessible.name: inspection.told ? said.text + ". " + next.text : show.text

        Icon {
            id: sign
            name: inspection.told ? (inspection.page.tone === "refused" ? "cross" : "tick") : "search"
            colour: inspection.told ? inspection.tone : Tokens.accent
            size: Math.min(Tokens.picture, parent.height * 0.4)
            x: Tokens.gap
            y: Tokens.gap
        }
        Column {
            id: words
            x: sign.x + sign.width + Tokens.gap
            y: Tokens.gap
            width: parent.width - x - Tokens.gap
            spacing: Tokens.gap / 3
            Sentence {
                id: said
                visible: inspection.told
                width: parent.width
                room: Tokens.headline * 2
                text: inspection.page.detail ?? ""
                size: Tokens.headline * 0.8
                color: inspection.tone
                font.bold: true
            }
            Sentence {
                id: next
                visible: text !== ""
                width: parent.width
                room: Tokens.dense * 3
                text: inspection.page.next_step ?? ""
                size: Tokens.dense
            }
            Repeater {
                model: inspection.page.facts ?? []
                Sentence {
                    required property var modelData
                    width: words.width
                    room: Tokens.dense * 1.6
                    text: modelData.label + "  " + modelData.value
                    size: Tokens.dense
                    color: Tokens.inkSoft
                }
            }
            Sentence {
                id: show
                objectName: "show"
                width: parent.width
                room: Tokens.headline * 1.4
                text: inspection.page.title ?? ""
                size: inspection.told ? Tokens.dense : Tokens.headline * 0.8
                font.bold: !inspection.told
            }
        }
        ProgressLine {
            visible: inspection.page.busy === true
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Tokens.gap / 2 }
        }
    }
    ItemRows {
        objectName: "items"
        visible: !Tokens.small && inspection.told
        y: verdict.height + Tokens.gap / 2
        width: parent.width
        height: parent.height - y
        rows: inspection.staff ? inspection.staff.rows : null
    }
}
