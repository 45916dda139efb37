package io.mcpaccess.openfga.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.server.http.JavaTransport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many callers at once of an OpenFGA that answers when it is told to, by a clock that stands still: nothing here depends on speed, but
 * for the test of a deadline.
 */
class CrowdTest {

    private static final int CALLERS = 500;

    private static final ServerSettings SETTINGS =
            ServerSettings.of(URI.create("http://127.0.0.1:1"), "01ARZ3NDEKTSV4RRFFQ69G5FAV");

    private final AtomicLong now = new AtomicLong();
    private final List<CircuitBreaker.State> breakerStates = new ArrayList<>();
    private final JavaTransport transport =
            new JavaTransport(SETTINGS.tls(), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final GuardedCalls calls = new GuardedCalls(
            SETTINGS,
            transport,
            AuthorizationHeader.always(Optional.empty()),
            new CircuitBreaker(SETTINGS.breaker(), Duration.ofSeconds(1), now::get, breakerStates::add),
            new ServerFailures(ServerJson.mapper(), InstantSource.system()),
            ServerObserver.none(),
            () -> 0.0);

    /** What the server was sent and has not answered. */
    private final Queue<Sent> sent = new ArrayDeque<>();

    private record Sent(int caller, GuardedCalls.Attempt attempt, CompletableFuture<Integer> answer) {}

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void allAreAnsweredInTheOrderInWhichTheyCame() {
        List<CompletableFuture<Integer>> asked = crowd(hour());
        assertThat(sent).hasSize(Turns.FIRST);

        List<Integer> order = new ArrayList<>();
        while (!sent.isEmpty()) {
            assertThat(sent).hasSizeLessThanOrEqualTo(Turns.MOST);
            Sent next = sent.remove();
            order.add(next.caller());
            next.answer().complete(next.caller());
        }

        assertThat(order).isEqualTo(IntStream.range(0, CALLERS).boxed().toList());
        for (int i = 0; i < CALLERS; i++) {
            assertThat(asked.get(i)).isCompletedWithValue(i);
        }
        assertThat(breakerStates).isEmpty();
    }

    @Test
    void aSlowSecondOfTheServerRefusesThoseItKeptWaitingAndNobodyElse() {
        List<CompletableFuture<Integer>> asked = crowd(hour());
        List<Sent> stalled = List.copyOf(sent);
        sent.clear();
        pass(Duration.ofMillis(500));
        stalled.forEach(each -> each.answer().completeExceptionally(new TimeoutException()));
        pass(Duration.ofMillis(500));
        answerAll();

        assertThat(asked.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(Turns.FIRST);
        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(breakerStates).isEmpty();
    }

    @Test
    void case22_aServerThatStaysSilentIsLeftAloneByAll() {
        List<CompletableFuture<Integer>> asked = crowd(hour());
        while (!sent.isEmpty()) {
            List<Sent> stalled = List.copyOf(sent);
            sent.clear();
            pass(Duration.ofMillis(500));
            stalled.forEach(each -> each.answer().completeExceptionally(new TimeoutException()));
        }

        assertThat(asked).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(breakerStates).containsExactly(CircuitBreaker.State.OPEN);
    }

    @Test
    void whatHadTooLittleTimeLeftSaysNothingAboutTheServer() {
        Budget old = Budget.decision(Duration.ofMinutes(1), now::get);
        pass(Duration.ofMillis(59_800));
        ask(0, old);
        assertThat(sent.element().attempt().timeout()).hasMillis(200);
        for (int i = 0; i < CALLERS; i++) {
            ask(i, old);
            pass(Duration.ofSeconds(i / 100));
            sent.remove().answer().completeExceptionally(new TimeoutException());
        }

        assertThat(breakerStates).isEmpty();
    }

    @Test
    void whatCannotBeAnsweredInTimeIsNotSent() {
        List<CompletableFuture<Integer>> asked = crowd(Budget.decision(Duration.ofMinutes(1), now::get));
        // An answer takes half a minute: nobody who has waited for one has the time for another.
        pass(Duration.ofSeconds(30));
        int answered = answerAll();

        assertThat(answered).isEqualTo(Turns.FIRST);
        // So many are refused a part at a time.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> asked.stream()
                                .filter(CompletableFuture::isCompletedExceptionally)
                                .count()
                        == CALLERS - Turns.FIRST);
        assertThat(breakerStates).isEmpty();
    }

    @Test
    void searchesThatTakeLongOrNeverEndRefuseNoDecision() {
        for (int i = 0; i < CALLERS; i++) {
            ask(i, Budget.search(Duration.ofSeconds(3), now::get));
        }
        assertThat(sent).hasSize(Turns.SEARCHES);
        List<Sent> searches = List.copyOf(sent);
        sent.clear();

        crowd(Budget.decision(Duration.ofMillis(500), now::get));
        assertThat(answerAll()).as("while they are under way").isEqualTo(CALLERS);

        pass(Duration.ofSeconds(3));
        searches.forEach(each -> each.answer().completeExceptionally(new TimeoutException()));
        sent.clear();
        crowd(Budget.decision(Duration.ofMillis(500), now::get));
        assertThat(answerAll()).as("after they gave up").isEqualTo(CALLERS);
        assertThat(breakerStates).isEmpty();
    }

    @Test
    void whoWaitsIsRefusedAtItsDeadlineAndNotLater() {
        crowd(hour());

        CompletableFuture<Integer> late = ask(CALLERS, Budget.decision(Duration.ofMillis(50), System::nanoTime));
        assertThat(late)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("asked more than it can answer in time");
        assertThat(sent).hasSize(Turns.FIRST);
        assertThat(breakerStates).isEmpty();
    }

    @Test
    void case22_aFullWaitingRoomRefusesAtOnce() {
        for (int i = 0; i < Turns.FIRST + Turns.WAITING; i++) {
            assertThat(ask(i, hour())).isNotDone();
        }

        assertThat(ask(-1, hour())).isCompletedExceptionally();
        assertThat(breakerStates).isEmpty();
    }

    private List<CompletableFuture<Integer>> crowd(Budget budget) {
        return IntStream.range(0, CALLERS)
                .mapToObj(caller -> ask(caller, budget))
                .toList();
    }

    private CompletableFuture<Integer> ask(int caller, Budget budget) {
        return calls.read(budget, CallContext.none(), attempt -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            sent.add(new Sent(caller, attempt, answer));
            return answer;
        });
    }

    private int answerAll() {
        int answered = 0;
        for (; !sent.isEmpty(); answered++) {
            Sent next = sent.remove();
            next.answer().complete(next.caller());
        }
        return answered;
    }

    private Budget hour() {
        return Budget.decision(Duration.ofHours(1), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
