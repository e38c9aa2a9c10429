// What staff may do with the machine itself.
import QtQuick
import Onecard

FocusScope {
    id: machine

    property var page: ({})
    property var staff

    focus: true

    Sentence {
        id: title
        width: parent.width
        room: Tokens.headline
        text: machine.page.title ?? ""
        size: Tokens.headline * 0.6
        font.bold: true
    }
    Grid {
        id: choices
        y: title.height + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 2
        readonly property real each: Math.max(72, Tokens.target)
        readonly property int count: (machine.page.options ?? []).length
        columns: count * (each + spacing) - spacing > machine.height - y ? 2 : 1
        readonly property real share: (width - (columns - 1) * spacing) / columns
        Repeater {
            model: machine.page.options ?? []
            StaffChoice {
                required property var modelData
                objectName: "option-" + modelData.id
                width: Math.min(choices.share, Tokens.picture * 5)
                height: choices.each
                picture: modelData.picture
                text: modelData.label
                detail: modelData.detail
                onClicked: machine.staff.touch(modelData.id)
            }
        }
    }
}
