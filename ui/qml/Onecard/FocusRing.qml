// Where the keyboard is: a bright line with a dark one inside, seen on white as on the ground.
import QtQuick

Rectangle {
    property real of: Tokens.radius

    anchors { fill: parent; margins: -Tokens.focusBorder }
    radius: of + Tokens.focusBorder
    color: "transparent"
    border.width: Tokens.focusBorder
    border.color: Tokens.focus

    Rectangle {
        anchors { fill: parent; margins: Tokens.focusBorder }
        radius: parent.of
        color: "transparent"
        border.width: Tokens.border
        border.color: Tokens.focusEdge
    }
}
