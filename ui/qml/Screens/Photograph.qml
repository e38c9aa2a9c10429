// One paper before the camera: what the camera sees, or the picture that was taken, and what to do with it.
import QtQuick
import Onecard

Item {
    id: photograph

    property var view: ({})
    property var kiosk

    readonly property var options: view.options ?? []
    readonly property string shot: view.picture ?? ""
    readonly property string live: kiosk ? kiosk.paper : ""
    readonly property bool dark: shot === "" && live === "none"
    readonly property string shown: shot !== "" ? "image://paper/" + shot : dark ? "" : live
    readonly property bool beside: !Tokens.tall

    Column {
        id: said
        width: parent.width
        spacing: Tokens.gap / (Tokens.compact ? 4 : 2)
        Sentence {
            width: parent.width
            room: Tokens.headline * (Tokens.compact ? 1.3 : 2.4)
            text: photograph.view.title ?? ""
            size: Tokens.headline
            least: Tokens.compact ? 0.45 : 0.6
            font.bold: true
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
        Sentence {
            width: parent.width
            room: Tokens.body * (Tokens.compact ? 1.3 : 2.6)
            text: photograph.view.detail ?? ""
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Rectangle {
        id: sheet
        y: said.height + Tokens.gap
        width: photograph.beside ? (photograph.width - Tokens.apart) * 0.64 : photograph.width
        height: photograph.beside ? photograph.height - y : (photograph.height - y) * 0.6
        radius: Tokens.radius / 2
        color: Tokens.groundDeep
        border.width: Tokens.border
        border.color: photograph.shot !== "" ? Tokens.focus : Tokens.pale

        Image {
            objectName: "paperPicture"
            anchors { fill: parent; margins: Tokens.gap / 2 }
            source: photograph.shown
            cache: false
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: photograph.view.title ?? ""
        }
        Sentence {
            anchors.centerIn: parent
            width: parent.width - 2 * Tokens.gap
            visible: photograph.dark
            room: parent.height - 2 * Tokens.gap
            text: qsTrId("ui.no_picture")
            color: Tokens.pale
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Column {
        id: buttons
        readonly property real room: photograph.beside ? sheet.height
            : photograph.height - sheet.y - sheet.height - Tokens.apart
        readonly property int count: Math.max(1, photograph.options.length)
        x: photograph.beside ? sheet.width + Tokens.apart : 0
        y: photograph.beside ? sheet.y + (sheet.height - height) / 2 : sheet.y + sheet.height + Tokens.apart
        width: photograph.width - x
        spacing: Tokens.apart

        Repeater {
            model: photograph.options
            OptionCard {
                required property var modelData
                required property int index
                objectName: modelData.id
                width: buttons.width
                height: Math.min((buttons.room - (buttons.count - 1) * buttons.spacing) / buttons.count,
                                 Tokens.picture * (index === 0 ? 1.5 : 1.1))
                text: modelData.label
                size: Tokens.headline * 0.8
                detail: modelData.detail
                picture: modelData.picture
                focus: index === 0
                onClicked: photograph.kiosk.choose(modelData.id)
            }
        }
    }
}
