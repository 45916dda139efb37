package io.mcpaccess.registry.page;

import io.gravitee.am.service.exception.AbstractManagementException;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page, sent while it is made: what is there goes to the browser after every part that was read, and where the browser has
 * gone the reading ends. What fails on the way is said on the page.
 */
public final class PageBody implements StreamingOutput {

    private static final Logger LOG = LoggerFactory.getLogger(PageBody.class);

    private final PageViews views;
    private final PageContext page;
    private final ViewQuery query;
    private final ProposedChange change;

    /**
     * A page.
     *
     * @param views the views
     * @param page which one
     * @param query what is asked of it
     * @param change what was pasted into the form of what-if; empty for the other views
     */
    public PageBody(PageViews views, PageContext page, ViewQuery query, ProposedChange change) {
        this.views = views;
        this.page = page;
        this.query = query;
        this.change = change;
    }

    /**
     * A whole page that says what went wrong before there was one.
     *
     * @param page the view that was asked for
     * @param message what was wrong and what to do
     * @return the page
     */
    public static String failure(PageContext page, String message) {
        return PageFrame.failure(page, message);
    }

    @Override
    public void write(OutputStream output) throws IOException {
        Markup html = PageFrame.begin(page);
        int depth = html.depth();
        try {
            views.write(html, page, query, change, () -> send(html, output));
        } catch (CancellationException e) {
            LOG.debug("The browser has gone; the view {} is read no further", page.view());
            return;
        } catch (RegistryException | InvalidDeclarationException | AbstractManagementException e) {
            fail(html, depth, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The view {} could not be shown", page.view(), e);
            fail(html, depth, "The log of the management API says why.");
        }
        output.write(PageFrame.end(html).toString().getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    private void fail(Markup html, int depth, String message) {
        html.closeTo(depth)
                .open("div", "class", "card", "role", "alert")
                .leaf("p", page.text("failed"), "class", "bad")
                .leaf("p", message, "lang", "en")
                .close();
    }

    /** A blank too goes over the wire, so that a browser that has gone is found out even while nothing new is there. */
    private static void send(Markup html, OutputStream output) {
        try {
            output.write((html.taken() + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        } catch (IOException e) {
            throw new Progress.BrowserGoneException(e);
        }
    }
}
