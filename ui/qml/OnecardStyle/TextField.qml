// What is typed, large and in the middle, on white.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.TextField {
    id: field

    implicitWidth: Tokens.picture * 3
    implicitHeight: Tokens.target * 1.2
    padding: Tokens.gap / 2
    topPadding: 0
    bottomPadding: 0
    color: Tokens.ink
    selectionColor: Tokens.accent
    selectedTextColor: Tokens.accentInk
    placeholderTextColor: Tokens.inkSoft
    font.family: Tokens.family
    font.bold: true
    font.pixelSize: Math.max(Tokens.smallest, Math.floor(size * Math.min(1, (width - 2 * padding) * 0.96 / Math.max(1, natural.width))))
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    // What is longer than the smallest letters allow moves on with the cursor inside its field.
    clip: contentWidth > width - 2 * padding
    Accessible.role: Accessible.EditableText

    property real size: Math.min(Tokens.headline, height * 0.6)

    TextMetrics {
        id: natural
        font.family: field.font.family
        font.bold: field.font.bold
        font.pixelSize: field.size
        text: field.text
    }

    cursorDelegate: Rectangle {
        visible: field.activeFocus
        width: Tokens.border
        color: Tokens.accent
    }
    background: Rectangle {
        radius: Tokens.radius * 0.75
        color: Tokens.surface
        border.width: Tokens.highContrast ? Tokens.border : 0
        border.color: Tokens.focus
        FocusRing { visible: field.activeFocus; of: parent.radius }
    }
}
