namespace MlSystemDesign.Features;

/// <summary>The steps of a journal between which a kill would leave different files.</summary>
internal enum JournalStep
{
    /// <summary>Rows are about to be written.</summary>
    Write,

    /// <summary>The next segment is there and not yet written to.</summary>
    Cut,

    /// <summary>All of the checkpoint is written, under its temporary name.</summary>
    Retained,

    /// <summary>The checkpoint has its name, and what it replaces is still there.</summary>
    Replaced,

    /// <summary>One of the files that it replaces is deleted.</summary>
    Deleted,
}
