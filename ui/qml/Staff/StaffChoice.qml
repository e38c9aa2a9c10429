// One thing staff may do: its picture, its word, what it means.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.AbstractButton {
    id: choice

    property string picture
    property string detail: ""

    implicitHeight: Tokens.target
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: detail
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        radius: Tokens.radius / 2
        color: choice.down ? Tokens.line : Tokens.surface
        border.width: choice.visualFocus ? Tokens.focusBorder : Tokens.border
        border.color: choice.visualFocus ? Tokens.focus : Tokens.accent
    }
    contentItem: Item {
        Icon {
            id: sign
            visible: choice.picture !== ""
            name: choice.picture
            colour: Tokens.accent
            size: Tokens.iconSmall
            x: Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
        }
        Column {
            x: sign.visible ? sign.x + sign.width + Tokens.gap / 2 : Tokens.gap / 2
            width: parent.width - x - Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
            Text {
                width: parent.width
                text: choice.text
                color: Tokens.accent
                font.family: Tokens.family
                font.pixelSize: Tokens.label * 0.9
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.label * 0.6
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
            Text {
                visible: text !== "" && choice.height >= Tokens.target * 0.9 && choice.width >= Tokens.target * 2.6
                width: parent.width
                text: choice.detail
                color: Tokens.inkSoft
                font.family: Tokens.family
                font.pixelSize: Tokens.label * 0.62
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.label * 0.5
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
}
