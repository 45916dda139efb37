package io.gravitee.am.reporter.api.audit;

import java.util.List;

/**
 * Which audit entries are looked for. Times are epoch milliseconds; zero means no bound.
 */
public class AuditReportableCriteria {
    private final long from;
    private final long to;
    private final List<String> types;

    private AuditReportableCriteria(Builder builder) {
        from = builder.from;
        to = builder.to;
        types = builder.types;
    }

    public long from() {
        return from;
    }

    public long to() {
        return to;
    }

    public List<String> types() {
        return types;
    }

    /**
     * Makes criteria.
     */
    public static class Builder {
        private long from;
        private long to;
        private List<String> types;

        public Builder from(long from) {
            this.from = from;
            return this;
        }

        public Builder to(long to) {
            this.to = to;
            return this;
        }

        public Builder types(List<String> types) {
            this.types = types;
            return this;
        }

        public AuditReportableCriteria build() {
            return new AuditReportableCriteria(this);
        }
    }
}
