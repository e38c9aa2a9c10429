// Something is going on: a line that runs, or with reduced motion one that stands.
import QtQuick

Item {
    id: line

    property color colour: Tokens.accent

    implicitHeight: Math.max(8, Tokens.gap / 2)
    clip: true
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTrId("visit.identifying.detail")

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Tokens.line
    }
    Rectangle {
        id: runner
        width: line.width * 0.3
        height: line.height
        radius: height / 2
        color: line.colour
        x: Tokens.reducedMotion ? (line.width - width) / 2 : 0
        SequentialAnimation on x {
            running: line.visible && !Tokens.reducedMotion
            loops: Animation.Infinite
            NumberAnimation { from: 0; to: line.width * 0.7; duration: 900; easing.type: Easing.InOutQuad }
            NumberAnimation { from: line.width * 0.7; to: 0; duration: 900; easing.type: Easing.InOutQuad }
        }
    }
}
