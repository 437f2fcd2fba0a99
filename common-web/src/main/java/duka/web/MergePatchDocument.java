package duka.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Documents a merge patch as what it patches, with nothing of it required. */
final class MergePatchDocument implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!(type.getType() instanceof ParameterizedType body)
                || body.getRawType() != MergePatch.class) {
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
        var patched = (Class<?>) body.getActualTypeArguments()[0];
        context.resolve(new AnnotatedType(patched).resolveAsRef(true));
        var whole = context.getDefinedModels().get(patched.getSimpleName());
        var patch = AnnotationsUtils.clone(whole, true);
        var name = patched.getSimpleName().replaceFirst("(Request|Form)$", "") + "Patch";
        patch.setName(name);
        patch.setDescription("What is to change; null removes.");
        patch.setRequired(null);
        context.defineModel(name, patch);
        return new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + name);
    }

    @Override
    public boolean isOpenapi31() {
        return true;
    }
}
