// The newest records of the journal, and the proof that it is whole.
import QtQuick
import Onecard

FocusScope {
    id: journal

    property var page: ({})
    property var staff

    focus: true

    Row {
        id: top
        width: parent.width
        height: Math.max(strip.implicitHeight, verify.height)
        spacing: Tokens.gap / 2
        Figures {
            id: strip
            width: parent.width - verify.width - parent.spacing
            figures: journal.page.figures ?? []
        }
        BigButton {
            id: verify
            onWhite: true
            objectName: "option-verify"
            width: Math.min(implicitWidth, journal.width * 0.4)
            height: Math.max(72, Tokens.target * 0.9)
            size: Tokens.dense * 0.8
            picture: "shield"
            text: (journal.page.options ?? [])[0] ? journal.page.options[0].label : ""
            enabled: journal.page.busy !== true
            onClicked: journal.staff.touch("verify")
        }
    }
    Sentence {
        id: problems
        y: top.height + Tokens.gap / 2
        width: parent.width
        visible: text !== ""
        room: Tokens.dense * 3
        size: Tokens.dense * 0.75
        text: journal.page.next_step ?? ""
        color: Tokens.refused
    }
    ItemRows {
        id: list
        objectName: "items"
        focus: true
        y: (problems.visible ? problems.y + problems.height : top.height) + Tokens.gap / 2
        width: parent.width
        height: journal.height - y
        rows: journal.staff ? journal.staff.rows : null
    }
    ProgressLine {
        visible: journal.page.busy === true
        anchors { left: parent.left; right: parent.right; top: list.top }
    }
    Sentence {
        anchors.fill: list
        visible: text !== ""
        text: journal.page.detail ?? ""
        color: Tokens.inkSoft
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
}
