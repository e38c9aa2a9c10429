// Self-tests: each part with its lamp, what was found, and what to do; a touch tests it again.
import QtQuick
import Onecard

FocusScope {
    id: checks

    property var page: ({})
    property var staff

    focus: true

    Row {
        id: top
        width: parent.width
        spacing: Tokens.gap / 2
        Figures {
            width: parent.width - all.width - parent.spacing
            figures: checks.page.figures ?? []
        }
        BigButton {
            id: all
            onWhite: true
            objectName: "option-" + ((checks.page.options ?? [])[0] ? checks.page.options[0].id : "")
            width: Math.min(implicitWidth, checks.width * 0.4)
            height: Math.max(72, Tokens.target * 0.9)
            size: Tokens.dense * 0.8
            picture: "renew"
            text: (checks.page.options ?? [])[0] ? checks.page.options[0].label : ""
            enabled: checks.page.busy !== true
            onClicked: checks.staff.touch(checks.page.options[0].id)
        }
    }
    Rectangle {
        id: way
        y: top.height + Tokens.gap / 4
        width: parent.width
        height: Math.max(4, Tokens.gap / 4)
        radius: height / 2
        color: checks.page.busy === true ? Tokens.line : "transparent"
        Accessible.role: Accessible.ProgressBar
        Accessible.name: checks.page.title ?? ""
        Rectangle {
            visible: checks.page.busy === true
            width: parent.width * Math.max(0, checks.page.progress ?? 0)
            height: parent.height
            radius: height / 2
            color: Tokens.accent
        }
    }
    ItemRows {
        objectName: "items"
        focus: true
        y: way.y + way.height + Tokens.gap / 4
        width: parent.width
        height: checks.height - y
        rows: checks.staff ? checks.staff.rows : null
        lines: 2
        onOpened: key => checks.staff.touch(key)
    }
}
