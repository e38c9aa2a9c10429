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
        border.width: Tokens.border
        border.color: Tokens.accent
        FocusRing { visible: choice.visualFocus; of: parent.radius }
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
                font.pixelSize: Tokens.dense * 0.9
                font.bold: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.dense * 0.6
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
            Text {
                textFormat: Text.PlainText
                visible: text !== "" && choice.height >= Tokens.target * 0.9 && choice.width >= Tokens.target * 2.6
                width: parent.width
                text: choice.detail
                color: Tokens.inkSoft
                font.family: Tokens.family
                font.pixelSize: Tokens.dense * 0.66
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Tokens.dense * 0.5
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
}
