// The last day in plots, one below or beside the other; on a small screen one scrolls.
import QtQuick
import Onecard

FocusScope {
    id: day

    property var page: ({})
    property var staff

    readonly property var plots: page.plots ?? []
    readonly property real each: Math.max(Tokens.target * 2.1, (height - (plots.length - 1) * Tokens.gap / 2) / Math.max(1, plots.length))

    // What scrolls shows that it has the keys once they were used.
    property bool byKeys: false

    focus: true
    Keys.onPressed: byKeys = true

    ProgressLine { visible: day.page.busy === true; width: parent.width }

    FocusRing { visible: scrolled.activeFocus && day.byKeys; of: Tokens.radius / 2 }
    Flickable {
        id: scrolled
        objectName: "plots"
        anchors.fill: parent
        contentHeight: column.height
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        Keys.onUpPressed: contentY = Math.max(0, contentY - Tokens.target)
        Keys.onDownPressed: contentY = Math.min(Math.max(0, contentHeight - height), contentY + Tokens.target)
        Column {
            id: column
            width: scrolled.width
            spacing: Tokens.gap / 2
            Repeater {
                model: day.plots
                Plot {
                    required property var modelData
                    required property int index
                    objectName: "plot-" + index
                    width: column.width
                    height: day.each
                    plot: modelData
                }
            }
        }
    }
}
