package io.mcpaccess.amctl.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.StubAm;
import io.mcpaccess.amctl.StubAm.Result;
import io.mcpaccess.amctl.am.AmAudits;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomains;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuditCommandTest {

    private StubAm am;
    private final long now = Instant.now().toEpochMilli();

    @BeforeEach
    void open() throws IOException {
        am = new StubAm();
        am.decided(now - 5_000, "user:alice", "list_invoices", "permitted")
                .decided(now - 4_000, "user:bob", "refund_invoice", "permission_denied")
                .decided(now - 3_000, "user:bob", "list_invoices", "scope_missing")
                .decided(now - 2_000, "agent:robot", "refund_invoice", "shadowed")
                .audited(now - 1_000, "engine_unavailable: The authorization engine gave no answer.")
                .decided(now - 30L * 24 * 3600 * 1000, "user:old", "list_invoices", "permitted");
    }

    @AfterEach
    void close() {
        am.close();
    }

    @Test
    void theLastDecisionsAreShownTheNewestLast() {
        Result result = am.run("audit", "demo");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()
                        .lines()
                        .map(line -> line.replaceFirst("^\\S+Z +", "").replaceAll(" +", " ")))
                .containsExactly(
                        "allowed permitted user:alice tools/call list_invoices asked by billing",
                        "refused permission_denied user:bob tools/call refund_invoice asked by billing",
                        "refused scope_missing user:bob tools/call list_invoices asked by billing",
                        "shadowed permission_denied agent:robot tools/call refund_invoice asked by billing",
                        "failed engine_unavailable ? asked by billing",
                        "5 shown, of 5 that were looked at.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--subject user:bob | 2",
                "-t refund | 2",
                "--decision refused | 2",
                "-d shadowed | 1",
                "-d failed | 1",
                "--reason scope_missing | 1",
                "-s bob -t list | 1",
                "-n 3 | 3",
                "--since 60d | 6",
                "--since 1m | 5"
            })
    void filtersChooseAmongThem(String options, int shown) {
        String[] arguments = ("audit demo --json " + options).split(" ");

        JsonNode json = Json.read(am.run(arguments).out());

        assertThat(json.path("decisions")).hasSize(shown);
        assertThat(json.path("complete").asBoolean()).isTrue();
    }

    @Test
    void attack_aNameWithALineBreakForgesNoDecision() {
        String forged = "x\n2026-01-01T00:00:00Z  allowed  permitted user:alice\r\tpay\u2028";
        am.decided(now, "agent:" + forged, forged, "permission_denied");

        String out = am.run("audit", "demo", "-n", "1").out();

        assertThat(out.lines()).hasSize(2);
        assertThat(out).contains("agent:x\\u000A2026-01-01").contains("alice\\u000D\\u0009pay\\u2028");
    }

    @Test
    void pagesAreReadToTheEnd() {
        for (int i = 0; i < 250; i++) {
            am.decided(now - 10_000 - i, "user:carol", "pay", "permitted");
        }
        Result few = am.run("audit", "demo", "-n", "10000", "--json");
        assertThat(Json.read(few.out()).path("decisions")).hasSize(255);
        assertThat(am.asked()).filteredOn(each -> each.contains("/audits")).hasSize(3);
    }

    @Test
    void readingEndsAtItsBoundAndSaysSo() {
        for (int i = 0; i < 250; i++) {
            am.decided(now - 10_000 - i, "user:carol", "pay", "permitted");
        }
        AmClient client = AmClient.signIn(am.url(), "ops", "pw");
        AmAudits audits =
                new ManagedDomains(client, "DEFAULT", "DEFAULT").find("demo").audits();

        AuditReader.Found found = new AuditReader(audits, 100, looked -> {})
                .read(Instant.EPOCH, Instant.ofEpochMilli(now), DecisionFilter.ANY, 1000);

        assertThat(found.decisions()).hasSize(100);
        assertThat(found.isCut()).isTrue();
    }

    @Test
    void whoMayNotReadTheContentOfEntriesIsTold() {
        am.audited(now, null);

        Result result = am.run("audit", "demo");

        assertThat(result.code()).isEqualTo(7);
        assertThat(result.err()).contains("ORGANIZATION_AUDIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--since yesterday", "-n 0", "-d maybe", "-f --every 0"})
    void aWrongOptionIsSaid(String options) {
        Result result = am.run(("audit demo " + options).split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(options.contains("-d") ? "allowed, refused" : " is a ");
    }

    @Test
    void followTellsWhatComesOnceUntilNobodyReads() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch fresh = new CountDownLatch(1);
        StringWriter text = new StringWriter();
        Gate out = new Gate(text, second, fresh);
        Thread call = new Thread(() -> am.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter(), true),
                "audit",
                "demo",
                "--follow",
                "--every",
                "1",
                "-n",
                "1",
                "-d",
                "refused"));
        call.start();
        assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();

        am.decided(now, "user:dave", "void_invoice", "permission_denied");
        am.decided(now, "user:dave", "list_invoices", "permitted");

        assertThat(fresh.await(30, TimeUnit.SECONDS)).isTrue();
        call.interrupt();
        call.join(30_000);
        assertThat(call.isAlive()).isFalse();
        assertThat(text.toString().lines()).hasSize(2);
        assertThat(text.toString()).contains("user:bob", "void_invoice").doesNotContain("permitted");
    }

    /** Opens as certain texts come through. */
    private static final class Gate extends Writer {
        private final StringWriter text;
        private final CountDownLatch bob;
        private final CountDownLatch dave;

        Gate(StringWriter text, CountDownLatch bob, CountDownLatch dave) {
            this.text = text;
            this.bob = bob;
            this.dave = dave;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            text.write(buffer, offset, length);
            if (text.toString().contains("user:bob")) {
                bob.countDown();
            }
            if (text.toString().contains("user:dave")) {
                dave.countDown();
            }
        }

        @Override
        public void flush() {
            text.flush();
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
