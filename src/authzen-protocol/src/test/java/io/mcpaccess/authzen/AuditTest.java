package io.mcpaccess.authzen;

import static io.mcpaccess.authzen.testing.AmDomain.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.common.jwt.JWT;
import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.ReasonCode;
import io.reactivex.rxjava3.core.Maybe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What decisions write into AM's audit, over HTTP, against what the operator's page says; and reporters that fail. */
class AuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final SpiEngine engine = new SpiEngine();
    private AmDomain domain;

    @BeforeEach
    void start() throws Exception {
        engine.permissions.add("user:alice can_call tool:list_invoices");
        domain = AmDomain.startedWith(engine);
    }

    @AfterEach
    void stop() {
        domain.close();
    }

    @Test
    void theOperatorsPageNamesEveryFieldThatADecisionWritesAndNoOther() throws Exception {
        decideInEveryWay();

        Set<String> written = new TreeSet<>();
        domain.audited.stream()
                .filter(entry -> entry.throwable() == null)
                .forEach(entry -> addNames(written, "", JSON.valueToTree(entry.newValue())));

        assertThat(written).isEqualTo(documentedFields());
    }

    @Test
    void everyWayToDecideWritesOneEntryOfItsOwnReason() throws Exception {
        decideInEveryWay();

        assertThat(domain.audited).allMatch(entry -> entry.type().equals("PERMISSION_EVALUATED"));
        assertThat(domain.audited.stream().map(AuditTest::reason))
                .containsExactly(
                        "permitted",
                        "permitted",
                        "permission_denied",
                        "shadowed",
                        "scope_missing",
                        "audience_mismatch",
                        "invalid_identifier",
                        "engine_unavailable",
                        "engine_not_configured");
    }

    @Test
    void anEngineThatWantsRefusalsAloneLeavesOutWhatWasPermittedAndNothingElse() throws Exception {
        engine.audits = new AuditRule(0);
        decideInEveryWay();

        assertThat(domain.audited.stream().map(AuditTest::reason))
                .containsExactly(
                        "permission_denied",
                        "shadowed",
                        "scope_missing",
                        "audience_mismatch",
                        "invalid_identifier",
                        "engine_unavailable",
                        "engine_not_configured");
    }

    @Test
    void aQuestionWithoutADecisionIsAFailureWithReasonAndSentence() throws Exception {
        engine.down = true;
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));

        assertThat(domain.audited)
                .singleElement()
                .extracting(AuditEntry::throwable)
                .extracting(Throwable::getMessage)
                .isEqualTo("engine_unavailable: The authorization engine gave no answer.");
    }

    @Test
    void theReasonCodesOfTheApisPagesAreThoseThatThereAre() throws Exception {
        Set<String> codes =
                Arrays.stream(ReasonCode.values()).map(ReasonCode::wireName).collect(Collectors.toSet());
        String table = page("authzen-api.md").split("## Reason codes\n")[1];
        Set<String> documented = table.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .collect(Collectors.toSet());
        assertThat(documented).isEqualTo(codes);

        String schema =
                page("openapi.yaml").split("    ReasonCode:\n      enum:\n")[1].split("    Decision:")[0];
        assertThat(schema.lines().map(line -> line.replace("- ", "").strip()).collect(Collectors.toSet()))
                .isEqualTo(codes);
    }

    @Test
    void aReporterThatHangsKeepsNoAnswerAndStillGetsTheEntryOnce() throws Exception {
        CountDownLatch reporterGoesOn = new CountDownLatch(1);
        ExecutorService reporter = Executors.newSingleThreadExecutor();
        // AM takes an entry and hands it to its reporters on a thread of theirs.
        domain.audit = builder -> reporter.execute(() -> {
            awaitUnchecked(reporterGoesOn);
            domain.audited.add(builder.toContractEntry());
        });
        try {
            assertThat(decision("alice", "list_invoices")).isTrue();
            assertThat(decision("alice", "refund")).isFalse();
            assertThat(domain.audited).isEmpty();
        } finally {
            reporterGoesOn.countDown();
            reporter.shutdown();
        }
        assertThat(reporter.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(domain.audited.stream().map(AuditTest::reason)).containsExactly("permitted", "scope_missing");
    }

    @Test
    void anAuditThatFailsNeitherOpensNorTakesTheAnswerAway() throws Exception {
        for (Throwable failure :
                List.of(new IllegalStateException("reporter down"), new NoSuchMethodError("builder"))) {
            domain.audit = builder -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            };
            assertThat(decision("alice", "list_invoices")).isTrue();
            assertThat(decision("alice", "refund")).isFalse();
        }
    }

    @Test
    void aToolNameForgesNoLineOfTheAudit() throws Exception {
        domain.ask("/evaluation", question("alice", "x\\nPERMITTED alice\\u202e\\u0000", "a.b.c"));

        assertThat(domain.audited).singleElement().satisfies(entry -> {
            assertThat(reason(entry)).isEqualTo("invalid_identifier");
            JsonNode written = JSON.valueToTree(entry.newValue());
            assertThat(written.at("/request/resource/id").asText()).isEqualTo("x?PERMITTED alice??");
            assertThat(written.toString()).doesNotContain("\\n", "\u202e", "\\u0000");
        });
    }

    private void decideInEveryWay() throws Exception {
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));
        engine.remembers = true;
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));
        engine.permissions.clear();
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));
        engine.settings = AccessSettings.DEFAULTS.withPermissions(PermissionMode.SHADOW, Set.of());
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));
        domain.ask("/evaluation", question("alice", "refund", "a.b.c"));
        when(domain.introspection.introspect(anyString(), anyBoolean()))
                .thenReturn(Maybe.just(new JWT(Map.of(
                        "sub",
                        "opaque",
                        "gis",
                        "idp:1",
                        "aud",
                        "https://other.example",
                        "domain",
                        "demo",
                        "iat",
                        1L))));
        domain.ask("/evaluation", question("alice", "list_invoices", "a.b.c"));
        domain.ask("/evaluation", question("a#b", "list_invoices", null));
        engine.down = true;
        domain.ask("/evaluation", question("alice", "list_invoices", null));
        domain.engine(null);
        domain.ask("/evaluation", question("alice", "list_invoices", null));
    }

    private boolean decision(String user, String tool) throws Exception {
        long begun = System.nanoTime();
        JsonNode answer = JSON.readTree(
                domain.ask("/evaluation", question(user, tool, "a.b.c")).body());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        return answer.path("decision").booleanValue();
    }

    private static String reason(AuditEntry entry) {
        return entry.throwable() != null
                ? entry.throwable().getMessage().split(":")[0]
                : JSON.valueToTree(entry.newValue())
                        .at("/response/context/reason_code")
                        .asText();
    }

    /** Every leaf by its path; an empty object is one. */
    private static void addNames(Set<String> names, String path, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.fields()
                    .forEachRemaining(each -> addNames(
                            names, path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue()));
        } else if (!value.isNull()) {
            names.add(path);
        }
    }

    private static Set<String> documentedFields() throws Exception {
        String table = page("operator.md").split("<!-- audit-fields[^>]*-->")[1].split("<!-- end of audit-fields")[0];
        return table.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(AuditTest::codes)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1));
    }

    private static String page(String name) throws Exception {
        return Files.readString(Path.of(System.getProperty("repository.root"), "docs", name));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
