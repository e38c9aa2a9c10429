// What the camera sees now.
import QtQuick
import Onecard

FocusScope {
    id: camera

    property var page: ({})
    property var staff

    focus: true

    Rectangle {
        width: parent.width
        height: parent.height - hint.height - Tokens.gap / 2
        radius: Tokens.radius / 2
        color: Tokens.groundDeep
        Image {
            objectName: "livePicture"
            anchors { fill: parent; margins: Tokens.gap / 2 }
            source: camera.staff ? camera.staff.picture : ""
            cache: false
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: camera.page.title ?? ""
        }
        Sentence {
            anchors.centerIn: parent
            width: parent.width - 2 * Tokens.gap
            visible: text !== ""
            room: parent.height
            text: camera.page.detail ?? ""
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
    }
    Sentence {
        id: hint
        y: parent.height - height
        width: parent.width
        room: Tokens.dense * 2
        size: Tokens.dense * 0.8
        text: camera.page.next_step ?? ""
        color: Tokens.inkSoft
    }
}
