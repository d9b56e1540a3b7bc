package dev.yardmaster.graph;

import dev.yardmaster.event.DidYouMean;
import dev.yardmaster.event.YardmasterException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A node wrote a channel that its graph does not declare, or declares differently. */
public final class UndeclaredChannelException extends YardmasterException {

    UndeclaredChannelException(
            String graph, String writer, Channel<?> written, @Nullable Channel<?> declared, Collection<String> names) {
        super("'" + writer + "' writes " + written + ", which graph '" + graph + "' "
                + (declared == null
                        ? "does not declare; add it to channels(…)" + DidYouMean.hint(written.name(), names)
                        : "declares as " + declared.described() + ", not as " + written.described()
                                + "; use one Channel constant in both places"));
    }
}
