package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The step that registers what the live server offers. */
final class ImportSteps {
    private static final String TOOL = "count_invoices";
    private static final String SCOPE = "tools:" + TOOL;

    /** For the gateway to hear of a tool. */
    private static final Duration SYNC = Duration.ofSeconds(15);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Scene scene;
    private final Report report;

    ImportSteps(Scene scene, Report report) {
        this.scene = scene;
        this.report = report;
    }

    void importNewTool() throws IOException {
        report.step(
                10,
                "A tool that the server offers and nobody registered",
                "it cannot be called; an import shows its plan first, registers it once, and opens it to nobody");
        String token = scene.alice().token("main");
        DifferentAnswer.unlessEqual("reason before", "tool_unknown", ask(token).reason());

        List<String> before = scene.administration().registeredTools("billing");
        JsonNode plan = importTools(true);
        DifferentAnswer.unlessEqual(
                "applied by a dry run", false, plan.path("applied").asBoolean(true));
        DifferentAnswer.unlessEqual("new tools of the plan", List.of(TOOL), keys(plan.path("tools"), "added"));
        DifferentAnswer.unlessEqual("other tools of the plan", before, keys(plan.path("tools"), "unchanged"));
        DifferentAnswer.unlessEqual("new scopes of the plan", List.of(SCOPE), keys(plan.path("scopes"), "added"));
        DifferentAnswer.unlessEqual(
                "registered tools after a dry run",
                before,
                scene.administration().registeredTools("billing"));
        report.saw("plan: " + TOOL + " added, with the scope " + SCOPE + "; " + before.size()
                + " tools unchanged; nothing written");

        JsonNode done = importTools(false);
        DifferentAnswer.unlessEqual("tools of the import", plan.path("tools"), done.path("tools"));
        JsonNode again = importTools(false);
        DifferentAnswer.unlessEqual(
                "changes of the second import",
                List.of(),
                again.findValuesAsText("change").stream()
                        .filter(change -> !change.equals("unchanged"))
                        .toList());
        AuthZenAnswer answer = untilKnown(token);
        DifferentAnswer.unlessEqual("reason after", "scope_missing", answer.reason());
        report.saw("imported; the second time nothing changes; AuthZEN now says " + answer.reason()
                + ": AM will ask alice for " + SCOPE);
        report.row("imported tool", answer.status(), answer.reason(), answer.millis());
    }

    private JsonNode importTools(boolean dryRun) throws IOException {
        return scene.administration()
                .importTools(scene.billing(), scene.domain().credentials("billing"), dryRun);
    }

    private static List<String> keys(JsonNode entries, String change) {
        List<String> keys = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (change.equals(entry.path("change").asText())) {
                keys.add(entry.path("key").asText());
            }
        }
        return keys.stream().sorted().toList();
    }

    private AuthZenAnswer untilKnown(String token) throws IOException {
        long start = System.nanoTime();
        AuthZenAnswer answer = ask(token);
        while (answer.reason().equals("tool_unknown")) {
            DifferentAnswer.unless(
                    System.nanoTime() - start < SYNC.toNanos(),
                    "the gateway knows " + TOOL + " within " + SYNC,
                    answer);
            try {
                Thread.sleep(BETWEEN_TRIES.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DifferentAnswer("interrupted", interrupted);
            }
            answer = ask(token);
        }
        return answer;
    }

    private AuthZenAnswer ask(String token) throws IOException {
        return scene.gateway().ask("alice", TOOL, token);
    }
}
