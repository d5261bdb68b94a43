"""A small example of every shape of predictions file that is understood, to copy."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.predictions.tasks import Task

__all__ = ["EXAMPLES", "Example"]


@dataclass(frozen=True)
class Example:
    """A few rows in one shape.

    Parameters
    ----------
    file_name : str
    about : str
        What the shape is for, in a sentence.
    text : str
        The file's content.
    task : Task
        What it is recognised as.
    """

    file_name: str
    about: str
    text: str
    task: Task


#: The shapes, the commonest first.
EXAMPLES = (
    Example(
        "one_model.csv",
        "One row per case: what is true, and the model's probability.",
        "image,label,probability\na.png,1,0.91\nb.png,0,0.12\nc.png,1,0.64\nd.png,0,0.58\ne.png,1,0.37\nf.png,0,0.05\n",
        "binary",
    ),
    Example(
        "several_models.csv",
        "One column of scores per model, with a group to slice by.",
        "label,small_prob,large_prob,site\n"
        "sick,0.81,0.93,north\nhealthy,0.22,0.11,north\nsick,0.55,0.71,south\n"
        "healthy,0.61,0.32,south\nsick,0.35,0.66,north\nhealthy,0.18,0.07,south\n",
        "binary",
    ),
    Example(
        "labels_only.csv",
        "No scores: what is true and what was predicted.",
        "actual,predicted\nspam,spam\nham,ham\nspam,ham\nham,ham\nham,spam\nspam,spam\n",
        "binary",
    ),
    Example(
        "confusion_counts.csv",
        "Counts of a confusion matrix, one row per cell, for one model or several.",
        "model,actual,predicted,count\n"
        "first,hot dog,hot dog,47\nfirst,hot dog,not hot dog,67\n"
        "first,not hot dog,hot dog,14\nfirst,not hot dog,not hot dog,760\n",
        "counts",
    ),
    Example(
        "score_counts.csv",
        "How many positives and negatives have each score.",
        "score,positives,negatives\n0.9,40,2\n0.7,25,9\n0.5,18,30\n0.3,9,80\n0.1,3,240\n",
        "counts",
    ),
    Example(
        "several_classes.csv",
        "One column of probabilities per class.",
        "truth,cat,dog,horse\ncat,0.7,0.2,0.1\ndog,0.1,0.8,0.1\nhorse,0.2,0.3,0.5\n"
        "cat,0.5,0.3,0.2\ndog,0.6,0.3,0.1\nhorse,0.1,0.1,0.8\n",
        "multiclass",
    ),
    Example(
        "several_labels.csv",
        "Several yes-or-no labels per case, each with its probability.",
        "large_label,large_prob,odd_label,odd_prob\n"
        "1,0.9,1,0.7\n0,0.2,1,0.8\n1,0.6,0,0.4\n0,0.3,0,0.1\n1,0.4,1,0.6\n0,0.1,0,0.3\n",
        "multilabel",
    ),
    Example(
        "several_outputs.csv",
        "Several outputs per case, each a class of its own: what is true and what was predicted.",
        "digit_true,digit_pred,colour_true,colour_pred\n"
        "7,7,red,red\n1,1,blue,green\n3,8,green,green\n7,1,red,red\n8,8,blue,blue\n3,3,green,red\n",
        "multioutput",
    ),
    Example(
        "training_history.csv",
        "Loss and accuracy after each epoch.",
        "epoch,loss,acc,val_loss,val_acc\n1,0.57,0.71,0.45,0.82\n2,0.49,0.78,0.38,0.85\n3,0.44,0.81,0.33,0.87\n4,0.41,0.83,0.31,0.88\n",
        "history",
    ),
)
