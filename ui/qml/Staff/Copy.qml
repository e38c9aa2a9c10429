// A copy of a receipt: its text, and the same as a code to photograph.
import QtQuick
import Onecard

FocusScope {
    id: copy

    property var page: ({})
    property var staff
    readonly property bool beside: !Tokens.tall

    focus: true

    Panel {
        id: paper
        width: parent.width
        height: parent.height - back.height - Tokens.gap / 2
        Image {
            id: code
            x: Tokens.gap
            y: Tokens.gap
            width: copy.beside ? Math.min(parent.height - 2 * Tokens.gap, parent.width * 0.4) : Math.min(parent.width - 2 * Tokens.gap, parent.height * 0.5)
            height: width
            source: (copy.page.receipt ?? "") === "" ? "" : "image://qr/" + encodeURIComponent(copy.page.receipt)
            fillMode: Image.PreserveAspectFit
            smooth: false
            Accessible.role: Accessible.Graphic
            Accessible.name: copy.page.title ?? ""
        }
        Column {
            id: written
            x: copy.beside ? code.x + code.width + Tokens.gap : Tokens.gap
            y: copy.beside ? Tokens.gap : code.y + code.height + Tokens.gap
            width: parent.width - x - Tokens.gap
            spacing: Tokens.gap / 2
            Sentence { width: parent.width; room: Tokens.headline; text: copy.page.title ?? ""; size: Tokens.headline * 0.62; font.bold: true }
            Sentence { width: parent.width; room: Tokens.dense * 2; visible: !Tokens.small; text: copy.page.detail ?? ""; size: Tokens.dense * 0.8; color: Tokens.inkSoft }
            Sentence {
                width: parent.width
                room: paper.height - written.y - y - Tokens.gap / 2
                // A receipt that is longer still is whole in its code.
                height: Math.min(implicitHeight, room)
                elide: Text.ElideRight
                lineHeight: Tokens.small ? 0.9 : 1.15
                text: copy.page.receipt ?? ""
                size: Tokens.dense * 0.8
            }
        }
    }
    StaffChoice {
        id: back
        objectName: "back"
        y: parent.height - height
        width: Math.min(parent.width, Tokens.target * 4)
        height: Math.max(72, Tokens.target * 0.9)
        picture: "back"
        text: qsTrId("staff.back")
        focus: true
        onClicked: copy.staff.back()
    }
}
