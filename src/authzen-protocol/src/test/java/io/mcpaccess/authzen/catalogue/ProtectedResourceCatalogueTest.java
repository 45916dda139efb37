package io.mcpaccess.authzen.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.gravitee.am.common.event.Action;
import io.gravitee.am.common.event.EventManager;
import io.gravitee.am.common.event.ProtectedResourceEvent;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceFeature;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.common.event.Payload;
import io.gravitee.am.repository.management.api.ProtectedResourceRepository;
import io.gravitee.common.event.impl.SimpleEvent;
import io.mcpaccess.core.mcp.McpServer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectedResourceCatalogueTest {

    private final ProtectedResourceRepository repository = mock();
    private final ProtectedResourceManager manager = mock();
    private final EventManager events = mock();
    private final TestScheduler time = new TestScheduler();
    private final List<ProtectedResource> heldByAm = new ArrayList<>();
    private final ProtectedResourceCatalogue catalogue =
            new ProtectedResourceCatalogue("demo", repository, manager, events, time, Duration.ofSeconds(1));

    @BeforeEach
    void amOnJdbcListsServersWithoutTools() {
        when(manager.entities()).thenReturn(heldByAm);
        when(repository.findById(anyString())).thenReturn(Maybe.empty());
        when(repository.findByDomain("demo")).thenReturn(Flowable.just(resource("r1", null)));
        when(repository.findById("r1")).thenReturn(Maybe.just(resource("r1", List.of(tool("list_invoices")))));
    }

    @Test
    void asksForPatienceBeforeTheFirstLoad() {
        assertThatThrownBy(catalogue::servers).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsTheToolsThatAmDidNotList() {
        start();
        assertThat(server().tool("list_invoices")).isPresent();
        assertThat(server().resourceIdentifiers()).containsExactly("http://127.0.0.1:9100/mcp");
    }

    @Test
    void givesTheToolsBackToAm() {
        heldByAm.add(resource("r1", null));
        start();
        verify(manager).deploy(any());
    }

    @Test
    void givesThemBackAgainWhenAmsOwnLoadOverwritesThem() {
        start();
        verify(manager, never()).deploy(any());
        heldByAm.add(resource("r1", null));
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        verify(manager, times(1)).deploy(any());
    }

    @Test
    void leavesAloneWhatAmHoldsWhole() {
        heldByAm.add(resource("r1", List.of()));
        start();
        verify(manager, never()).deploy(any());
    }

    @Test
    void anUnreadableServerIsNotLoadedAndReadLater() {
        when(repository.findById("r1"))
                .thenReturn(Maybe.error(new IllegalStateException("database down")))
                .thenReturn(Maybe.just(resource("r1", List.of(tool("list_invoices")))));
        start();
        assertThat(server().isLoaded()).isFalse();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(server().isLoaded()).isTrue();
    }

    @Test
    void aServerWhoseReadingNeverEndsIsReadAgain() {
        when(repository.findById("r1"))
                .thenReturn(Maybe.never())
                .thenReturn(Maybe.just(resource("r1", List.of(tool("list_invoices")))));
        start();
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        assertThat(server().isLoaded()).isTrue();
    }

    @Test
    void aListThatNeverEndsIsReadAgain() {
        when(repository.findByDomain("demo"))
                .thenReturn(Flowable.never())
                .thenReturn(Flowable.just(resource("r1", null)));
        start();
        time.advanceTimeBy(10, TimeUnit.SECONDS);
        assertThat(server().isLoaded()).isTrue();
    }

    @Test
    void aListThatFailsIsReadAgain() {
        when(repository.findByDomain("demo"))
                .thenReturn(Flowable.error(new IllegalStateException("database down")))
                .thenReturn(Flowable.just(resource("r1", null)));
        start();
        assertThatThrownBy(catalogue::servers).isInstanceOf(IllegalStateException.class);
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(server().isLoaded()).isTrue();
    }

    @Test
    void aServerCountsAsNotLoadedFromAnEventUntilItIsReadAgain() {
        start();
        MaybeSubject<ProtectedResource> reading = MaybeSubject.create();
        when(repository.findById("r1")).thenReturn(reading);
        event(ProtectedResourceEvent.UPDATE, "r1");
        time.triggerActions();
        assertThat(server().isLoaded()).isFalse();
        reading.onSuccess(resource("r1", List.of(tool("refund"))));
        assertThat(server().tool("refund")).isPresent();
        assertThat(server().tool("list_invoices")).isEmpty();
    }

    @Test
    void aReadingOlderThanAnEventDoesNotCount() {
        start();
        MaybeSubject<ProtectedResource> stale = MaybeSubject.create();
        when(repository.findById("r1")).thenReturn(stale);
        event(ProtectedResourceEvent.UPDATE, "r1");
        time.triggerActions();
        when(repository.findById("r1")).thenReturn(Maybe.just(resource("r1", List.of(tool("newest")))));
        event(ProtectedResourceEvent.UPDATE, "r1");
        stale.onSuccess(resource("r1", List.of(tool("stale"))));
        assertThat(server().tool("stale")).isEmpty();
        time.triggerActions();
        assertThat(server().tool("newest")).isPresent();
    }

    @Test
    void takesANewServerIn() {
        start();
        when(repository.findById("r2")).thenReturn(Maybe.just(resource("r2", List.of(tool("pay")))));
        event(ProtectedResourceEvent.DEPLOY, "r2");
        time.triggerActions();
        assertThat(catalogue.servers()).hasSize(2);
    }

    @Test
    void forgetsADeletedServerAtOnce() {
        start();
        event(ProtectedResourceEvent.UNDEPLOY, "r1");
        assertThat(catalogue.servers()).isEmpty();
    }

    @Test
    void leavesOtherDomainsServersOut() {
        ProtectedResource foreign = resource("r9", List.of());
        foreign.setDomainId("other");
        when(repository.findByDomain("demo")).thenReturn(Flowable.just(foreign));
        when(repository.findById("r9")).thenReturn(Maybe.just(foreign));
        start();
        event(ProtectedResourceEvent.UPDATE, "r9");
        time.triggerActions();
        assertThat(catalogue.servers()).isEmpty();
    }

    @Test
    void aToolWithoutItsScopesMakesTheServerNotLoaded() {
        ProtectedResourceFeature bare = new ProtectedResourceFeature();
        bare.setKey("bare");
        when(repository.findById("r1")).thenReturn(Maybe.just(resource("r1", List.of(bare))));
        start();
        assertThat(server().isLoaded()).isFalse();
    }

    @Test
    void stopsFollowingAm() {
        start();
        catalogue.close();
        verify(events).unsubscribeForEvents(catalogue, ProtectedResourceEvent.class, "demo");
        heldByAm.add(resource("r1", null));
        time.advanceTimeBy(5, TimeUnit.SECONDS);
        verify(manager, never()).deploy(any());
    }

    @Test
    void aToolIsAsYoungAsTheLastScopeItWasPutBehind() {
        start();
        change(Instant.parse("2026-01-02T00:00:00Z"), tool("list_invoices", "orders:read"));
        assertThat(server().tool("list_invoices").orElseThrow().createdAt()).isEqualTo("2026-01-02T00:00:00Z");

        change(Instant.parse("2026-01-03T00:00:00Z"), tool("list_invoices", "orders:read"));
        assertThat(server().tool("list_invoices").orElseThrow().createdAt())
                .as("another change of the server")
                .isEqualTo("2026-01-02T00:00:00Z");
    }

    @Test
    void aToolThatLostAScopeIsNoYounger() {
        when(repository.findById("r1"))
                .thenReturn(Maybe.just(resource("r1", List.of(tool("list_invoices", "invoices:read", "orders:read")))));
        start();
        change(Instant.parse("2026-01-02T00:00:00Z"), tool("list_invoices", "invoices:read"));
        assertThat(server().tool("list_invoices").orElseThrow().createdAt()).isEqualTo("2025-01-01T00:00:00Z");
    }

    private void change(Instant at, McpTool... tools) {
        ProtectedResource changed = resource("r1", List.of(tools));
        changed.setUpdatedAt(Date.from(at));
        when(repository.findById("r1")).thenReturn(Maybe.just(changed));
        event(ProtectedResourceEvent.UPDATE, "r1");
        time.triggerActions();
    }

    private void start() {
        catalogue.start();
        time.triggerActions();
    }

    private McpServer server() {
        assertThat(catalogue.servers()).hasSize(1);
        return catalogue.servers().iterator().next();
    }

    private void event(ProtectedResourceEvent type, String id) {
        catalogue.onEvent(new SimpleEvent<>(type, new Payload(id, ReferenceType.DOMAIN, "demo", Action.UPDATE)));
    }

    private static ProtectedResource resource(String id, List<? extends ProtectedResourceFeature> features) {
        ProtectedResource resource = new ProtectedResource();
        resource.setId(id);
        resource.setClientId(id + "-client");
        resource.setDomainId("demo");
        resource.setResourceIdentifiers(List.of("http://127.0.0.1:9100/mcp"));
        resource.setFeatures(features);
        return resource;
    }

    private static McpTool tool(String key) {
        return tool(key, "invoices:read");
    }

    private static McpTool tool(String key, String... scopes) {
        McpTool tool = new McpTool();
        tool.setKey(key);
        tool.setScopes(List.of(scopes));
        tool.setCreatedAt(Date.from(Instant.parse("2025-01-01T00:00:00Z")));
        return tool;
    }
}
