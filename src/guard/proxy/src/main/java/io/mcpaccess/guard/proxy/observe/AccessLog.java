package io.mcpaccess.guard.proxy.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a decision. It names user and tool, never an argument, a token or a session. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.mcpaccess.guard.access");
    private static final int LONGEST = 200;

    private AccessLog() {}

    static boolean isOn() {
        return LOG.isInfoEnabled();
    }

    static void decided(String server, Facts facts) {
        LOG.info(
                "server={} http={} method={} tool={} subject={} decision={} reason={} ms={}",
                server,
                clean(facts.httpMethod()),
                clean(facts.method()),
                clean(facts.tool()),
                clean(facts.subject()),
                facts.decision(),
                clean(facts.reason()),
                facts.millis());
    }

    /**
     * What is written.
     *
     * @param httpMethod in capitals
     * @param method of the message, empty for none
     * @param tool that is called, empty for none
     * @param subject who asks, empty where that is not known
     * @param decision allowed, or what stood in the way
     * @param reason the reason code, empty when allowed
     * @param millis how long it took
     */
    record Facts(
            String httpMethod,
            String method,
            String tool,
            String subject,
            String decision,
            String reason,
            long millis) {}

    /** Whatever a client sent stays one word in one line: a line break would be a line of the client's own. */
    static String clean(String text) {
        if (text.isEmpty()) {
            return "-";
        }
        StringBuilder word = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(one -> one <= ' '
                                || one == '='
                                || one == '"'
                                || Character.isISOControl(one)
                                || Character.getType(one) == Character.FORMAT
                                || Character.getType(one) == Character.LINE_SEPARATOR
                                || Character.getType(one) == Character.PARAGRAPH_SEPARATOR
                                || Character.isSpaceChar(one)
                        ? '_'
                        : one)
                .forEach(word::appendCodePoint);
        return word.toString();
    }
}
