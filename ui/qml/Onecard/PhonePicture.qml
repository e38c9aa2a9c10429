// A phone that shows a code. 50 wide, 96 high.
import QtQuick

Item {
    id: phone

    property real unit: width / 50
    // Where the dark squares of the code stand, on a grid of nine.
    readonly property var dots: [[4, 0], [4, 1], [3, 3], [5, 3], [0, 4], [2, 4], [4, 4], [7, 4], [8, 3], [6, 6], [8, 6], [4, 7], [7, 8], [5, 8], [6, 4], [1, 3]]

    implicitHeight: width * 1.92
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: 7 * phone.unit
        color: Tokens.pictureDark
    }
    Rectangle {
        x: 3 * phone.unit; y: 3 * phone.unit
        width: 44 * phone.unit; height: parent.height - 6 * phone.unit
        radius: 4.5 * phone.unit
        color: Tokens.pictureLight
    }
    Rectangle { x: 18 * phone.unit; y: 5.5 * phone.unit; width: 14 * phone.unit; height: 3.5 * phone.unit; radius: height / 2; color: Tokens.pictureDark }
    Rectangle { x: 3 * phone.unit; y: 14 * phone.unit; width: 44 * phone.unit; height: 12 * phone.unit; color: Tokens.pictureCard }
    Rectangle {
        x: 8.5 * phone.unit; y: 34 * phone.unit
        width: 33 * phone.unit; height: width
        color: Tokens.surface
        Repeater {
            model: [[0, 0], [6, 0], [0, 6]]
            Rectangle {
                required property var modelData
                x: (3 + modelData[0] * 3) * phone.unit; y: (3 + modelData[1] * 3) * phone.unit
                width: 9 * phone.unit; height: width
                color: "transparent"
                border.width: 2 * phone.unit; border.color: Tokens.pictureDark
                Rectangle { anchors.centerIn: parent; width: 3 * phone.unit; height: width; color: Tokens.pictureDark }
            }
        }
        Repeater {
            model: phone.dots
            Rectangle {
                required property var modelData
                x: (3 + modelData[0] * 3) * phone.unit; y: (3 + modelData[1] * 3) * phone.unit
                width: 3 * phone.unit; height: width
                color: Tokens.pictureDark
            }
        }
    }
    Rectangle { x: 14 * phone.unit; y: 74 * phone.unit; width: 22 * phone.unit; height: 3.5 * phone.unit; radius: height / 2; color: Tokens.pictureBody; opacity: 0.5 }
    Rectangle { x: 18 * phone.unit; y: 88 * phone.unit; width: 14 * phone.unit; height: 2 * phone.unit; radius: height / 2; color: Tokens.pictureDark }
}
