package io.mcpaccess.registry.impact;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change does.
 *
 * @param tools every tool whose calls change, by server and key
 * @param approvals what users have to approve anew
 * @param figures how much was looked at and found
 * @param notes what the reader has to know: bounds, what was refused, what cannot be followed
 * @param complete false where something was not looked at or could not be decided; notes say what
 */
public record Impact(
        List<ToolImpact> tools, List<Approval> approvals, Figures figures, List<String> notes, boolean complete) {

    /** Nothing is null; lists are copied. */
    public Impact {
        tools = List.copyOf(tools);
        approvals = List.copyOf(approvals);
        Objects.requireNonNull(figures, "figures");
        notes = List.copyOf(notes);
    }

    /**
     * The same with more to know.
     *
     * @param more notes that come before the others
     * @return the same impact
     */
    Impact with(List<String> more) {
        return new Impact(
                tools,
                approvals,
                figures,
                Stream.concat(more.stream(), notes.stream()).toList(),
                complete);
    }

    /** Which layer of the decision makes the difference. */
    public enum Layer {
        /** Whether the tool is registered and its name clear. */
        REGISTRATION,
        /** What the user may do. */
        PERMISSION,
        /** What the application may be used for. */
        CLIENT,
        /** What a token must carry. */
        SCOPES
    }

    /** What happens to a subject's call. */
    public enum Change {
        /** It was refused and is not any more, or not always. */
        GAINS,
        /** It was let through and is not any more, or not always. */
        LOSES,
        /** It hangs on another condition. */
        CHANGES
    }

    /** What comes of a call. */
    public enum Answer {
        /** Refused. */
        NO,
        /** That hangs on a condition. */
        CONDITIONAL,
        /** Let through. */
        YES,
        /** It could not be found out. */
        UNKNOWN
    }

    /**
     * What changes for a tool.
     *
     * @param server the server's name
     * @param serverClientId the server's client id; empty while it is not registered
     * @param key the tool's key
     * @param shifts who gains and who loses
     * @param holdersBefore how many subjects could call it before, those without a tuple not counted
     * @param holdersAfter how many can call it after
     * @param everyoneBefore whether everybody else could
     * @param everyoneAfter whether everybody else can
     */
    public record ToolImpact(
            String server,
            Optional<String> serverClientId,
            String key,
            List<Shift> shifts,
            int holdersBefore,
            int holdersAfter,
            boolean everyoneBefore,
            boolean everyoneAfter) {

        /** Nothing is null; the list is copied. */
        public ToolImpact {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(serverClientId, "serverClientId");
            Objects.requireNonNull(key, "key");
            shifts = List.copyOf(shifts);
        }

        /**
         * Whether nobody can call it any more though somebody could.
         *
         * @return true for a tool that closes
         */
        public boolean closes() {
            return (holdersBefore > 0 || everyoneBefore) && holdersAfter == 0 && !everyoneAfter;
        }
    }

    /**
     * Subjects to whom the same happens for the same reason.
     *
     * @param change what happens
     * @param layer which layer makes it happen
     * @param subjects who, as {@code type:id}, in the order of their names; shared between tools
     * @param everyone the type of subjects of which it holds for everybody whom no tuple names, such as {@code user}; else empty
     * @param before what came of a call
     * @param after what comes of it
     * @param conditions under which conditions, in words; of the side that lets through
     * @param why the path that grants it, of the side that lets through; empty where there is none, or too many were asked for
     */
    public record Shift(
            Change change,
            Layer layer,
            List<String> subjects,
            Optional<String> everyone,
            Answer before,
            Answer after,
            List<String> conditions,
            Optional<String> why) {

        /** Nothing is null; lists are copied, which costs nothing for lists that cannot change. */
        public Shift {
            Objects.requireNonNull(change, "change");
            Objects.requireNonNull(layer, "layer");
            subjects = List.copyOf(subjects);
            Objects.requireNonNull(everyone, "everyone");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            conditions = List.copyOf(conditions);
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * What users approve anew before they can call a tool.
     *
     * @param server the server's name
     * @param tool the tool's key
     * @param scopes the scopes that AM asks them for
     * @param reason why
     */
    public record Approval(String server, String tool, List<String> scopes, String reason) {

        /** Nothing is null; the list is copied. */
        public Approval {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(tool, "tool");
            scopes = List.copyOf(scopes);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * How much was looked at.
     *
     * @param tuplesBefore tuples of the store
     * @param tuplesAfter tuples after the change
     * @param subjects subjects that tuples name
     * @param tools tools of either side
     * @param applications applications of the domain
     * @param gains pairs of subject and tool that gain
     * @param losses pairs of subject and tool that lose
     * @param changes pairs of subject and tool whose condition changes
     */
    public record Figures(
            int tuplesBefore,
            int tuplesAfter,
            int subjects,
            int tools,
            int applications,
            long gains,
            long losses,
            long changes) {}
}
