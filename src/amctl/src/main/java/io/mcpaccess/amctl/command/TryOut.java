package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.terminal.Output;

/** Asks the registry what a change would do, and says how far it is. */
final class TryOut {

    private static final int EACH = 10;

    private TryOut() {}

    static JsonNode impact(AmEngine engine, ObjectNode change, Output output) {
        output.note("Working out who gains and who loses …");
        int[] said = {0};
        return engine.impact(change, percent -> {
            if (percent >= said[0] + EACH && percent < 100) {
                said[0] = percent;
                output.note(percent + " % …");
            }
        });
    }
}
