// A long list, with the strip above it and a search that a hand, a keyboard and a scanner can use.
import QtQuick
import Onecard

FocusScope {
    id: items

    property var page: ({})
    property var staff
    property bool typing: false

    focus: true

    Sentence {
        id: title
        visible: !Tokens.small
        width: parent.width
        room: Tokens.headline
        text: items.page.title ?? ""
        size: Tokens.headline * 0.6
        font.bold: true
    }
    Figures {
        id: strip
        y: title.visible ? title.height + Tokens.gap / 3 : 0
        width: parent.width
        visible: !(Tokens.small && items.typing)
        height: visible ? implicitHeight : 0
        figures: items.page.figures ?? []
        progress: items.page.progress ?? -1
    }
    SearchField {
        id: search
        objectName: "search"
        y: strip.y + strip.height + (strip.visible ? Tokens.gap / 2 : 0)
        width: parent.width - (counted.visible ? counted.width + Tokens.gap / 2 : 0)
        height: Math.max(72, Tokens.target * 0.8)
        query: items.page.query ?? ""
        hint: items.page.kind === "record" ? qsTrId("staff.record.search") : qsTrId("staff.search")
        onSearched: query => items.staff.search(query)
        onWanted: items.typing = !items.typing
    }
    Sentence {
        id: counted
        objectName: "count"
        anchors { right: parent.right; verticalCenter: search.verticalCenter }
        visible: text !== ""
        width: Math.min(parent.width * 0.3, Tokens.picture * 1.5)
        room: search.height
        size: Tokens.dense * 0.7
        text: items.page.count ?? ""
        color: Tokens.inkSoft
        horizontalAlignment: Text.AlignRight
    }
    ItemRows {
        id: list
        objectName: "items"
        focus: true
        y: search.y + search.height + Tokens.gap / 2
        width: parent.width
        height: (keys.visible ? keys.y - Tokens.gap / 2 : items.height) - y
        rows: items.staff ? items.staff.rows : null
        onOpened: key => items.staff.touch(key)
    }
    Sentence {
        anchors.fill: list
        visible: text !== ""
        text: items.page.detail ?? ""
        color: Tokens.inkSoft
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    ProgressLine {
        visible: items.page.busy === true
        anchors { left: parent.left; right: parent.right; top: list.top }
    }
    Keypad {
        onWhite: true
        id: keys
        visible: items.typing
        kind: "text"
        width: parent.width
        height: Math.min(items.height * 0.56, Tokens.target * 4.4)
        y: items.height - height
        onTyped: key => items.staff.search((items.page.query ?? "") + key)
        onErased: items.staff.search((items.page.query ?? "").slice(0, -1))
        onAccepted: items.typing = false
    }
}
