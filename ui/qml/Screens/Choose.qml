// A few things to choose from, each with its picture.
import QtQuick
import Onecard

Item {
    id: choose

    property var view: ({})
    property var kiosk

    readonly property var options: view.options ?? []
    readonly property bool list: Tokens.tall || options.length > 4 && Tokens.small

    Sentence {
        id: title
        anchors { top: parent.top; left: parent.left; right: parent.right }
        room: Tokens.headline * 2.6
        text: choose.view.title ?? ""
        size: Tokens.headline
        font.bold: true
        color: Tokens.pale
        horizontalAlignment: Text.AlignHCenter
    }

    Grid {
        id: grid
        readonly property int count: Math.max(1, choose.options.length)
        readonly property int across: Tokens.tall ? (count > 6 ? 2 : 1) : Math.min(count, 4)
        readonly property int down: Math.ceil(count / across)
        // Nothing to touch in the top quarter of a tall screen
        readonly property real from: Tokens.tall
            ? Math.max(title.y + title.height + Tokens.gap, Tokens.height * 0.25 - choose.y) : title.height + Tokens.gap
        readonly property real room: choose.height - from
        columns: across
        spacing: Tokens.gap
        x: (choose.width - width) / 2
        y: from + Math.max(0, (room - height) / 2)

        Repeater {
            model: choose.options
            OptionCard {
                required property var modelData
                required property int index
                objectName: modelData.id
                width: Math.min((choose.width - (grid.across - 1) * grid.spacing) / grid.across,
                                Tokens.tall ? choose.width : Tokens.picture * 2.4)
                height: Math.min((grid.room - (grid.down - 1) * grid.spacing) / grid.down,
                                 Tokens.tall ? Tokens.picture * 1.3 : Tokens.picture * 2)
                text: modelData.label
                detail: modelData.detail
                picture: modelData.picture
                focus: index === 0
                onClicked: choose.kiosk.choose(modelData.id)
            }
        }
    }
}
