package io.mcpaccess.sandbox.data;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Identifiers of what a configuration file declares: the same file gives the same identifiers at every start. */
public final class Ids {
    private Ids() {}

    /**
     * Names a thing.
     *
     * @param kind what it is
     * @param domain the domain it belongs to
     * @param name its name within the domain
     * @return a UUID made of the three
     */
    public static String of(String kind, String domain, String name) {
        String all = kind.length() + ":" + kind + domain.length() + ":" + domain + name;
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
