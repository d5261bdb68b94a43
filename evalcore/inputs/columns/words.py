"""The words by which people name columns and classes; rules that use them are in `naming` and `labels`."""

from __future__ import annotations

__all__ = [
    "ANOMALY",
    "ANSWERS",
    "BODILY",
    "CERTAINTY",
    "COMPARISON",
    "COUNT",
    "DENIALS",
    "DOMAIN_TRUTH",
    "EPOCH",
    "FILE",
    "FILLERS",
    "FIRM_SCORE",
    "FOLD",
    "GENERATED",
    "ID",
    "JOINED",
    "JUDGES",
    "LABEL_NAMES",
    "LEARNERS",
    "LOW_IS_POSITIVE",
    "MACHINES",
    "METRIC",
    "MODEL",
    "NEGATIVE",
    "NOT_GLUED",
    "NO_TWINS",
    "PEOPLE",
    "POSITIVE",
    "PREDICTION",
    "PROBABILITY",
    "REFERENCE",
    "REPETITION",
    "SCORE",
    "SPLIT",
    "SPLIT_VALUES",
    "SPREAD",
    "STRONG_TRUTH",
    "UNKNOWN",
    "VERDICTS",
    "WEAK_PREDICTION",
    "WEAK_TRUTH",
    "WEIGHT",
]


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _joined(*pairs: str) -> dict[str, tuple[str, ...]]:
    """`"y true"` says that `ytrue` is read as y, true."""
    return {pair.replace(" ", ""): tuple(pair.split()) for pair in pairs}


# Words that are written together though they are two
JOINED = {
    **_joined("y true", "y test", "y pred", "y hat", "y prob", "y proba", "y score", "ground truth"),
    **_joined(
        "gold label", "true label", "true class", "pred label", "pred class", "pred prob", "pred proba"
    ),
    **_joined("log prob", "log probs", "log proba", "log probas", "sample weight", "row names", "row name"),
    **_joined("row id", "cv fold", "k fold", "image path", "image file", "file name", "file path", "p hat"),
    **_joined("model output", "class label", "predicted label", "actual label", "test label"),
}
NOT_GLUED = (
    "problem",
    "probe",
    "probation",
    "probab",
    "predat",
    "predef",
    "predis",
    "predict",
    "preda",
    "predom",
)

# Names of columns: what was true
STRONG_TRUTH = _words(
    "true truth truths actual actuals gold golden gt observed obs ground groundtruth oracle",
    "annotated annotation annotations",
    "reference",
    "tatsachlich tatsachliche wahrheit istwert verite vrai reel verdad verdadero verdadera verdade verdadeiro",
    "vero verita waarheid werkelijk prawda rzeczywisty rzeczywista rzeczywiste vere vera 真实 真值 正解 実際 실제 정답",
)
DOMAIN_TRUTH = _words("diagnosis dx pathology biopsy histology autopsy disease")
WEAK_TRUTH = DOMAIN_TRUTH | _words(
    "label labels target targets outcome outcomes class classes y response answer answers solution",
    "real klasse classe clase etiqueta etikett etichetta 标签 类别 ラベル 레이블",
)
# ... what a model said
WEAK_PREDICTION = _words("scan screen screening")
PREDICTION = WEAK_PREDICTION | _words(
    "pred preds predicted prediction predictions predict predictor hat guess forecast forecasted hypothesis",
    "decision decided classified inferred estimated estimate assigned submission scored guesses guessed",
    "vorhersage vorhergesagt prognose prediction predit predite prevision prediccion predicho predicha pronostico",
    "przewidziany przewidziana przewidziane previste predette",
    "predicao previsto prevista predizione predetto voorspelling voorspeld 预测 予測 예측",
)
PROBABILITY = _words(
    "prob probs proba probas probability probabilities chance likelihood confidence conf confidences",
    "wahrscheinlichkeit probabilite probabilidad probabilidade probabilita kans konfidenz 概率 置信度 確率 信頼度 확률",
)
ANOMALY = _words("anomaly outlier novelty abnormality")
CERTAINTY = _words("confidence conf confidences top max certainty")
FIRM_SCORE = PROBABILITY | ANOMALY | _words("logit logits softmax sigmoid propensity logprob output outputs")
SCORE = (FIRM_SCORE - ANOMALY) | _words(
    "score scores risk margin decile percent pct percentage pr p lp odds"
    " rads birads pirads tirads lirads likert suspicion"
)
# ... how far it may be off
SPREAD = _words("std sd stdev stddev stderr var variance uncertainty entropy lower upper lcl ucl ci")
# ... numbers of which low ones speak for the event
LOW_IS_POSITIVE = _words("pvalue padj qvalue fdr distance dist nll perplexity energy")
# ... nothing of what the column is about
FILLERS = _words("y value values model clf classifier the of is s col column final test")
# ... what means one thing or another by the columns beside it (see `context`)
ANSWERS = _words("response answer output outputs completion generation generated reply")
GENERATED = _words("answer completion generation generated reply")
JUDGES = _words("judge judges judgment judgement verdict grader")
MACHINES = _words("llm model machine ai bot auto automatic automated")
PEOPLE = _words("human humans expert experts manual annotator adjudicated")
VERDICTS = _words("label labels class verdict grade rating decision category judgment judgement")
COMPARISON = _words("correct right match matches matched agree agrees agreement equal")
# ... the truth where another name is the same but for this word
REFERENCE = _words("ref expert consensus")
# ... what is no prediction though a truth is called alike
NO_TWINS = _words("false not no non max min mean std total sum id name date time")
# ... which row it is
WEIGHT = _words("weight weights wt wgt weighting")
BODILY = _words(
    "body birth net gross vehicle car kg lb lbs lean dry fetal curb shipping product item carcass",
    "heart brain",
    "height loss",
)
FOLD = _words("fold folds resample resamples")
SPLIT = _words("split subset partition dataset set phase")
SPLIT_VALUES = _words(
    "train training val valid validation dev develop development test testing holdout hold-out",
    "eval evaluation",
    "oof calibration public private",
)
EPOCH = _words("epoch epochs step steps iteration iterations iter checkpoint snapshot round")
ID = _words("id ids uid uuid guid index idx key identifier subject")
FILE = _words("path paths file files filename image images img imgs picture photo")
MODEL = _words(
    "model models classifier clf algorithm algo estimator system learner network architecture method run"
)
COUNT = _words("count counts n freq frequency cases size num number total support")
REPETITION = _words("seed seeds repeat repeats repetition replicate replica trial run bootstrap")
# ... by what it was learnt: columns of scores that are called after their model
LEARNERS = _words(
    "cnn rnn lstm gru mlp dnn nn ann bert roberta gpt llm resnet vit densenet vgg inception efficientnet mobilenet",
    "swin svm svc knn rf xgb xgboost gbm lgb lgbm lightgbm catboost lr logreg logistic forest boosting bayes nb tree",
    "ensemble blend stacking lda qda ridge lasso transformer baseline adaboost",
)
# ... which label a row of a long table is about
LABEL_NAMES = _words("label finding findings class category disease condition tag attribute concept subtype")
# ... finished figures
METRIC = _words(
    "accuracy acc precision recall f1 auc auroc auprc aucpr mcc kappa specificity sensitivity loss",
    "rmse mae mse r2 map",
    "ap iou dice jaccard perplexity bleu fscore fmeasure brier logloss tpr fpr tnr fnr ppv npv",
    "gmean ndcg mrr",
)

# Names of classes
POSITIVE = _words(
    "1 true t yes y positive pos p + tp ja oui si sim ya spam fraud fraudulent malignant abnormal abnorm sick ill",
    "disease diseased case",
    "event default churn churned defect defective attack anomaly anomalous outlier toxic hate",
    "offensive died dead",
    "death failure fail failed relapse recurrence infected alert alarm hit click clicked bad",
    "malicious malware",
    "phishing bot fake duplicate relevant present detected entailment converted buy left exited",
    "presence progression",
    "responder target tumor tumour cancer pneumonia hotdog intrusion",
)
NEGATIVE = _words(
    "0 -1 false f no n negative neg - fp nein non nao nee ham normal norm legit legitimate genuine benign healthy",
    "control none nothing",
    "absent absence ok good background clean rest other stayed retained alive survived",
    "survivor real human",
    "inlier irrelevant undetected non-event nonevent nofinding nocancer notfraud",
)
DENIALS = ("not ", "not_", "not-", "non-", "non_", "non ", "no ", "no_", "no-", "never ", "without ")
UNKNOWN = _words(
    "? unknown unk n/a na undetermined uncertain unclear undecided tie draw ambiguous skip missing unlabeled",
    "unlabelled pending indeterminate inconclusive",
)
