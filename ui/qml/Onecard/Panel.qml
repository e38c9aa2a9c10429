// A white card on the ground.
import QtQuick

Rectangle {
    color: Tokens.surface
    radius: Tokens.radius
    border.color: Tokens.highContrast ? Tokens.focus : Tokens.surface
    border.width: Tokens.highContrast ? Tokens.border : 0
}
