// Something is going on: a line that runs, or with reduced motion one that stands.
import QtQuick
import OnecardStyle

ProgressBar {
    indeterminate: true
    Accessible.name: qsTrId("visit.identifying.detail")
}
