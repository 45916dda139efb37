package io.gravitee.am.model.common;

import java.util.Collection;
import java.util.List;

/**
 * A page of a longer list.
 */
public class Page<T> {
    private final List<T> data;
    private final int currentPage;
    private final long totalCount;

    public Page(Collection<T> data, int currentPage, long totalCount) {
        this.data = data == null ? List.of() : List.copyOf(data);
        this.currentPage = currentPage;
        this.totalCount = totalCount;
    }

    public Collection<T> getData() {
        return data;
    }

    public int getCurrentPage() {
        return currentPage;
    }

    public long getTotalCount() {
        return totalCount;
    }
}
