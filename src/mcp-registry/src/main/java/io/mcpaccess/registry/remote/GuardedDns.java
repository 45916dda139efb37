package io.mcpaccess.registry.remote;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once, for the connection itself: the HTTP client connects to what this returns and asks nobody again, so
 * a name that answers differently the second time gains nothing. One forbidden address among several refuses all.
 */
final class GuardedDns implements DnsResolver {

    private final HostLookup lookup;
    private final AddressRules rules;
    private final boolean loopbackOnly;
    private final ImportBudget budget;
    private final Executor threads;

    GuardedDns(HostLookup lookup, AddressRules rules, boolean loopbackOnly, ImportBudget budget, Executor threads) {
        this.lookup = lookup;
        this.rules = rules;
        this.loopbackOnly = loopbackOnly;
        this.budget = budget;
        this.threads = threads;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = inTime(host);
        for (InetAddress address : addresses) {
            if (!rules.allows(address) || (loopbackOnly && !address.isLoopbackAddress())) {
                throw new UnknownHostException("refused");
            }
        }
        return addresses;
    }

    private InetAddress[] inTime(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        try {
            threads.execute(() -> look(host, found));
            return found.get(budget.timeLeft().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new UnknownHostException("not found in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }

    private void look(String host, CompletableFuture<InetAddress[]> found) {
        try {
            found.complete(lookup.addresses(host));
        } catch (UnknownHostException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
