// One thing to choose: a picture, a word, a short line.
import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: option

    property string picture
    property string detail
    property real size: Tokens.headline * 0.85

    implicitWidth: Tokens.picture * 1.6
    implicitHeight: Tokens.picture * 1.5
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: detail
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Rectangle {
        radius: Tokens.radius
        color: option.down ? Tokens.surfaceSoft : Tokens.surface
        border.width: option.visualFocus ? Tokens.focusBorder : Tokens.border
        border.color: option.visualFocus ? Tokens.focus : Tokens.line
    }

    contentItem: Item {
        readonly property bool wide: width > height * 1.8
        Icon {
            id: image
            name: option.picture
            colour: Tokens.accent
            size: Math.min(parent.height * (parent.wide ? 0.6 : Tokens.compact && parent.height < Tokens.picture ? 0.32 : 0.38), parent.width * 0.4, Tokens.picture)
            x: parent.wide ? Tokens.margin : (parent.width - width) / 2
            y: parent.wide ? (parent.height - height) / 2 : parent.height * 0.08
        }
        Column {
            x: parent.wide ? image.x + image.width + Tokens.margin : Tokens.gap
            y: parent.wide ? (parent.height - height) / 2 : image.y + image.height + Tokens.gap / 2
            width: parent.width - x - Tokens.gap
            spacing: Tokens.gap / 4
            Sentence {
                width: parent.width
                room: parent.parent.wide ? parent.parent.height - Tokens.gap
                    : Math.max(option.size, parent.parent.height - parent.y - Tokens.gap / 4)
                text: option.text
                size: option.size
                least: 0.45
                font.bold: true
                horizontalAlignment: parent.parent.wide ? Text.AlignLeft : Text.AlignHCenter
                Accessible.ignored: true
            }
            Sentence {
                width: parent.width
                visible: text !== "" && !Tokens.compact
                text: option.detail
                size: Tokens.label
                color: Tokens.inkSoft
                horizontalAlignment: parent.parent.wide ? Text.AlignLeft : Text.AlignHCenter
                room: size * 2.6
                Accessible.ignored: true
            }
        }
    }
}
