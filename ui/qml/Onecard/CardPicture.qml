// A social-security card as a child would draw it: a chip, a number, a round sign. 100 wide, 63 high.
import QtQuick

Item {
    id: card

    property real unit: width / 100

    implicitHeight: width * 0.63
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: 6 * card.unit
        gradient: Gradient {
            orientation: Gradient.Horizontal
            GradientStop { position: 0; color: Tokens.pictureCard }
            GradientStop { position: 1; color: Tokens.pictureCardDeep }
        }
    }
    Rectangle {
        x: 10 * card.unit; y: 20 * card.unit
        width: 17 * card.unit; height: 13 * card.unit
        radius: 2.5 * card.unit
        color: Tokens.pictureGold
        Rectangle { anchors.verticalCenter: parent.verticalCenter; width: parent.width; height: 1 * card.unit; color: Tokens.pictureCardDeep }
        Rectangle { anchors.horizontalCenter: parent.horizontalCenter; width: 1 * card.unit; height: parent.height; color: Tokens.pictureCardDeep }
    }
    Rectangle {
        x: 76 * card.unit; y: 8 * card.unit
        width: 15 * card.unit; height: width; radius: width / 2
        color: "transparent"
        border.width: 2.5 * card.unit
        border.color: Tokens.pictureLight
        Rectangle { anchors.centerIn: parent; width: 5 * card.unit; height: width; radius: width / 2; color: Tokens.pictureLight }
    }
    Row {
        x: 10 * card.unit; y: 44 * card.unit
        spacing: 4 * card.unit
        Repeater {
            model: 4
            Rectangle { width: 13 * card.unit; height: 4 * card.unit; radius: height / 2; color: Tokens.pictureLight; opacity: 0.85 }
        }
    }
    Rectangle { x: 10 * card.unit; y: 53 * card.unit; width: 30 * card.unit; height: 3 * card.unit; radius: height / 2; color: Tokens.pictureLight; opacity: 0.5 }
}
