// How far something is; a line that runs while nobody knows, and stands where motion is reduced.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.ProgressBar {
    id: bar

    implicitWidth: Tokens.picture * 2
    implicitHeight: Math.max(8, Tokens.gap / 2)
    Accessible.role: Accessible.ProgressBar

    background: Rectangle {
        radius: height / 2
        color: Tokens.highContrast ? Tokens.surface : Tokens.surfacePressed
        border.width: Tokens.highContrast ? Tokens.border : 0
        border.color: Tokens.ink
    }
    contentItem: Item {
        clip: true
        Rectangle {
            id: runner
            width: parent.width * (bar.indeterminate ? 0.3 : bar.visualPosition)
            height: parent.height
            radius: height / 2
            color: Tokens.accent
            x: bar.indeterminate && Tokens.reducedMotion ? (parent.width - width) / 2 : 0
            SequentialAnimation on x {
                running: bar.visible && bar.indeterminate && !Tokens.reducedMotion
                loops: Animation.Infinite
                NumberAnimation { from: 0; to: bar.availableWidth * 0.7; duration: Tokens.sweep; easing.type: Easing.InOutQuad }
                NumberAnimation { from: bar.availableWidth * 0.7; to: 0; duration: Tokens.sweep; easing.type: Easing.InOutQuad }
            }
        }
    }
}
