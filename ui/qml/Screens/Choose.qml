// A few things to choose from, each with its picture; above or beside them what the choice is about.
import QtQuick
import Onecard

Item {
    id: choose

    property var view: ({})
    property var kiosk

    readonly property var options: view.options ?? []
    readonly property var rows: view.rows ?? []
    readonly property bool about: rows.length > 0
    readonly property bool beside: about && !Tokens.tall
    // On a panel that is not high the amount stands beside the sentence: more rows are in view.
    readonly property bool inline: beside && (Tokens.small || Tokens.middling) && (view.largest ?? "") !== ""

    Sentence {
        id: title
        width: choose.inline ? choose.width * 0.58 : choose.width
        room: Tokens.compact || choose.inline ? Tokens.headline * 1.3 : Tokens.headline * 2.6
        text: choose.view.title ?? ""
        size: Tokens.headline
        font.bold: true
        color: Tokens.pale
        horizontalAlignment: choose.inline ? Text.AlignLeft : Text.AlignHCenter
    }
    Sentence {
        id: largest
        x: choose.inline ? title.width : 0
        y: choose.inline ? 0 : title.height
        width: choose.width - x
        room: choose.inline ? title.room : size * 1.3
        visible: text !== ""
        text: choose.view.largest ?? ""
        size: choose.inline || Tokens.compact && choose.about ? Tokens.headline : Tokens.largest
        font.bold: true
        color: Tokens.pale
        horizontalAlignment: choose.inline ? Text.AlignRight : Text.AlignHCenter
    }

    readonly property real under: title.height + (largest.visible && !inline ? largest.height : 0) + Tokens.gap

    Panel {
        id: panel
        visible: choose.about
        y: choose.under
        // One thing to choose needs little room beside what it is about: a row stands in one line.
        width: choose.beside ? (choose.width - Tokens.apart) * (choose.options.length > 1 ? 0.54 : 0.66) : choose.width
        height: Math.min(list.wanted + Tokens.gap * 1.5, choose.beside ? choose.height - y
                         : (choose.height - y) * (choose.options.length > 2 ? 0.5 : 0.66))
        RowList {
            id: list
            anchors { fill: parent; margins: Tokens.gap }
            rows: choose.rows
        }
    }

    Grid {
        id: grid
        readonly property int count: Math.max(1, choose.options.length)
        readonly property int across: choose.beside ? (count > 4 ? 2 : 1) : Tokens.tall ? (count > 5 ? 2 : 1)
            : count > 4 ? Math.ceil(count / Math.ceil(count / (Tokens.compact && count > 8 ? 5 : 4))) : count
        readonly property int down: Math.ceil(count / across)
        // Nothing to touch in the top quarter of a tall screen
        readonly property real reach: Tokens.tall ? Tokens.height * 0.25 - choose.y - (choose.parent ? choose.parent.y : 0) : 0
        readonly property real from: Math.max(reach, choose.about && !choose.beside ? panel.y + panel.height + Tokens.apart : choose.under)
        readonly property real room: choose.height - from
        readonly property real left_: choose.beside ? panel.width + Tokens.apart : 0
        readonly property real across_: choose.width - left_
        columns: across
        spacing: Tokens.apart
        x: left_ + (across_ - width) / 2
        y: from + Math.max(0, choose.about ? 0 : (room - height) * (Tokens.tall ? 0.3 : 0.5))

        Repeater {
            model: choose.options
            OptionCard {
                required property var modelData
                required property int index
                objectName: modelData.id
                width: Math.min((grid.across_ - (grid.across - 1) * grid.spacing) / grid.across,
                                Tokens.tall || choose.beside ? grid.across_ : Tokens.picture * 2.6)
                height: Math.min((grid.room - (grid.down - 1) * grid.spacing) / grid.down,
                                 Tokens.tall || choose.beside && grid.count > 1 ? Tokens.picture * 1.15
                                 : choose.beside ? Math.max(Tokens.picture * 1.15, Math.min(panel.height, Tokens.picture * 2.1))
                                 : Tokens.picture * 2.1)
                text: modelData.label
                size: Tokens.headline * (grid.count > 4 ? 0.7 : 0.85)
                detail: modelData.detail
                picture: modelData.picture
                focus: index === 0
                onClicked: choose.kiosk.choose(modelData.id)
            }
        }
    }
}
