package io.mcpaccess.engine;

import java.util.ArrayList;
import java.util.List;

/** What could not be taken of a configuration when it was read. Kept beside its members, since reading must not fail. */
class NotedFaults {

    private final List<String> faults = new ArrayList<>();

    /** Each names a member and says what would be right; empty when all could be taken. */
    final List<String> faults() {
        return faults;
    }
}
