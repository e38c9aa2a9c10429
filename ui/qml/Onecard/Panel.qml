// A white card on the ground, a little above it.
import QtQuick

Rectangle {
    id: panel

    property bool raised: true

    color: Tokens.surface
    radius: Tokens.radius
    border.color: Tokens.highContrast ? Tokens.focus : Tokens.surface
    border.width: Tokens.highContrast ? Tokens.border : 0

    Rectangle {
        visible: panel.raised && !Tokens.highContrast
        z: -1
        width: parent.width
        height: parent.height
        y: Tokens.lift
        radius: parent.radius
        color: Tokens.shadow
    }
}
