"""One citizen's visit as a pure state machine: events in, states and effects out."""
