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
    Column {
        id: choices
        y: title.height + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 2
        Repeater {
            model: machine.page.options ?? []
            StaffChoice {
                required property var modelData
                objectName: "option-" + modelData.id
                width: Math.min(choices.width, Tokens.picture * 5)
                height: Math.max(72, Tokens.target)
                picture: modelData.picture
                text: modelData.label
                detail: modelData.detail
                onClicked: machine.staff.touch(modelData.id)
            }
        }
    }
}
