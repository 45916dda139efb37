package io.mcpaccess.core.authzen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Ends a reading that comes to too many tokens; AM's Jackson has no such limit of its own. For one thread. */
final class CountingParser extends JsonParserDelegate {

    private final int limit;
    private int left;

    /**
     * Counts from zero.
     *
     * @param parser what reads
     * @param limit the most tokens
     */
    CountingParser(JsonParser parser, int limit) {
        super(parser);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        if (--left < 0) {
            throw new MalformedRequestException("The body has more than " + limit + " values and members.");
        }
        return super.nextToken();
    }
}
