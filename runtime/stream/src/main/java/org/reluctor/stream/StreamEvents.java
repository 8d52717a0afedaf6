package org.reluctor.stream;

/** What happens in the stream; see the methods to come. */
public interface StreamEvents {
}
