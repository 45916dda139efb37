package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.replay.LocalEngine;
import io.mcpaccess.amctl.replay.Replay;
import io.mcpaccess.amctl.replay.Replay.Apart;
import io.mcpaccess.amctl.replay.Replay.Flip;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.openfga.TupleKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What a replay says.
 *
 * @param replay what came of it
 * @param local gives reasons
 * @param differences where another engine and the one here do not agree; null where no other was asked
 */
record ReplayReport(Replay replay, LocalEngine local, Map<TupleKey, String> differences) {

    private static final int SHOWN = 50;

    /** Whether nothing would end otherwise, and the engines agree. */
    boolean isClear() {
        return replay.flips().isEmpty() && (differences == null || differences.isEmpty());
    }

    private int flipped() {
        return replay.flips().stream().mapToInt(Flip::times).sum();
    }

    /** As text. */
    void write(Output output) {
        replay.flips().stream().limit(SHOWN).forEach(flip -> {
            output.line(String.format(
                    Locale.ROOT,
                    "now %-7s  %s  %s, last %s",
                    flip.isAllowed() ? "allowed" : "refused",
                    TupleFiles.text(flip.question()),
                    flip.times() == 1 ? "once" : flip.times() + " times",
                    Instant.ofEpochSecond(flip.last().getEpochSecond())));
            why(flip).lines().forEach(line -> output.line("    " + line));
        });
        if (replay.flips().size() > SHOWN) {
            output.line("and " + (replay.flips().size() - SHOWN) + " more questions: --json has all.");
        }
        for (Apart apart : Apart.values()) {
            if (replay.apart().containsKey(apart)) {
                output.line("not compared: " + replay.apart().get(apart) + " " + apart.words());
            }
        }
        if (differences != null) {
            differences.entrySet().stream()
                    .limit(SHOWN)
                    .forEach(each ->
                            output.line("engines differ: " + TupleFiles.text(each.getKey()) + ": " + each.getValue()));
            output.line(
                    differences.isEmpty()
                            ? "The other engine answers as the one here."
                            : "The other engine answers " + differences.size()
                                    + " questions otherwise than the one here.");
        }
        output.line(replay.decisions() + " decisions, " + replay.asked() + " asked again: " + flipped()
                + " would end otherwise.");
    }

    /** A reason is the evaluator's here; where the other engine decided otherwise that is what there is to say. */
    private String why(Flip flip) {
        String difference = differences == null ? null : differences.get(flip.question());
        return difference == null
                ? local.store().reason(flip.question(), local.context()).text()
                : "The engines differ: " + difference + ".";
    }

    /** As JSON; {@code isComplete} where the log had every decision. */
    ObjectNode json(boolean isComplete) {
        ObjectNode json = Json.object()
                .put("decisions", replay.decisions())
                .put("asked", replay.asked())
                .put("flipped", flipped())
                .put("complete", isComplete);
        ArrayNode flips = json.putArray("flips");
        for (Flip flip : replay.flips()) {
            ObjectNode entry = question(flips, flip.question())
                    .put("now", flip.isAllowed() ? "allowed" : "refused")
                    .put("times", flip.times())
                    .put("last", flip.last().toString());
            if (flips.size() <= SHOWN) {
                entry.put("why", why(flip));
            }
        }
        ObjectNode apart = json.putObject("notCompared");
        replay.apart().forEach((reason, number) -> apart.put(reason.name().toLowerCase(Locale.ROOT), number));
        if (differences != null) {
            ArrayNode differing = json.putArray("enginesDiffer");
            differences.forEach(
                    (question, words) -> question(differing, question).put("answers", words));
        }
        return json;
    }

    private static ObjectNode question(ArrayNode list, TupleKey question) {
        return list.addObject()
                .put("user", question.user())
                .put("relation", question.relation())
                .put("object", question.object());
    }
}
