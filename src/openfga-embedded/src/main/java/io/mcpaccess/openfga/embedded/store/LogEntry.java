package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.Change;
import io.mcpaccess.openfga.embedded.tuples.TableSize;
import java.util.List;

/** What one frame of a log says. */
sealed interface LogEntry {

    /**
     * How large the state is, so that a reader can make room. The first entry of a log.
     *
     * @param size of the tuples
     */
    record Size(TableSize size) implements LogEntry {

        /** No room for more than a log of some bytes can have: whatever it says, a tuple takes more than one. */
        Size atMost(long bytes) {
            return new Size(new TableSize(
                    within(size.rows(), bytes), within(size.nodes(), bytes), within(size.objects(), bytes)));
        }

        private static int within(int number, long bytes) {
            return (int) Math.max(0, Math.min(number, bytes));
        }
    }

    /**
     * The administrator's file as the state of this log has taken it in.
     *
     * @param name the store's name in it
     * @param modelId the id of the model in it; empty when it has none
     * @param modelText that model as it was written, when it is in the modelling language; else empty
     * @param files the file and the files that it names
     */
    record Base(String name, String modelId, String modelText, List<SourceFile> files) implements LogEntry {
        public Base {
            files = List.copyOf(files);
        }

        /** The base of a store that has no file. */
        static Base none() {
            return new Base("", "", "", List.of());
        }
    }

    /**
     * To which domain the store belongs. Left out of the log of a store that belongs to nobody.
     *
     * @param domain the domain's id
     */
    record Owner(String domain) implements LogEntry {}

    /**
     * A file that the administrator writes.
     *
     * @param name in the store's directory
     * @param digest SHA-256 of its bytes, in hexadecimal
     */
    record SourceFile(String name, String digest) {}

    /** A model of the state, the oldest first. */
    record KnownModel(ModelDocument model) implements LogEntry {}

    /** Some tuples of the state. */
    record Listed(Origin origin, List<StoredTuple> tuples) implements LogEntry {
        public Listed {
            tuples = List.copyOf(tuples);
        }
    }

    /** Changes that happen together, in their order. */
    record Changed(List<Change> changes) implements LogEntry {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /** Where the tuples of a state come from. */
    enum Origin {
        /** In the administrator's file, and there. */
        FILE,
        /** In the administrator's file, but deleted or replaced since. */
        DELETED,
        /** Not in the administrator's file. */
        ADDED
    }
}
