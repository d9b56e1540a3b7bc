package dev.yardmaster.model;

/** See {@link Model#silent}. */
record SilentModel() implements Model {

    @Override
    public String name() {
        return "silent:model";
    }

    @Override
    public ModelReply reply(ModelRequest request) {
        throw new ModelException(
                ModelException.Kind.BAD_REQUEST,
                "agent '" + request.agent() + "' was given a model that never replies; give its runtime another");
    }
}
